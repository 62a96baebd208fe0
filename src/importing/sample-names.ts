/** One country of the sample; every name in it is invented. */
export interface SampleCountry {
  readonly code: string;
  readonly accounts: number;
  readonly currency: string;
  readonly entity: string;
  readonly language: string;
  readonly regions: readonly string[];
  readonly zones: readonly string[];
  readonly first: readonly string[];
  readonly trade: readonly string[];
  readonly forms: readonly string[];
  readonly people: readonly string[];
  /** Numbers set aside for fiction, '#' for a digit; '' where there are none. */
  readonly phone: string;
}

export const SAMPLE_COUNTRIES: readonly SampleCountry[] = [
  {
    code: 'GB',
    accounts: 18,
    currency: 'GBP',
    entity: 'NWUK',
    language: 'en',
    regions: ['ENG', 'ENG', 'SCT', 'WLS'],
    zones: ['Europe/London'],
    first: [
      'Thistlewick',
      'Otterby',
      'Pennyfold',
      'Grimblethorpe',
      'Marmaduke & Finch',
      'Saltmarrow',
      'Puddlecombe',
      'Hobbington',
      'Larkspire',
    ],
    trade: ['Kettles', 'Joinery', 'Freight', 'Lifts', 'Bakeries', 'Surveyors'],
    forms: ['Ltd', 'Ltd', 'Ltd', 'plc', 'LLP'],
    people: [
      'Imogen Larch',
      'Callum Peverell',
      'Priya Wexcombe',
      'Owen Tadlow',
      'Hattie Brindle',
      'Femi Ashgrove',
      'Rosalind Quill',
      'Duncan Fairweather',
    ],
    phone: '+44 20 7946 0###',
  },
  {
    code: 'DE',
    accounts: 12,
    currency: 'EUR',
    entity: 'NWEU',
    language: 'de',
    regions: ['BY', 'HE', 'NW', 'BE', 'SN'],
    zones: ['Europe/Berlin'],
    first: ['Papierflieger', 'Nebelhorn & Söhne', 'Siebenschläfer', 'Wolkenheim', 'Kupferkessel', 'Dachshund & Partner'],
    trade: ['Logistik', 'Metallbau', 'Gartentechnik', 'Elektro', 'Verpackung'],
    forms: ['GmbH', 'GmbH', 'AG', 'GmbH & Co. KG'],
    people: ['Anneliese Birkenhain', 'Jörg Wellenstein', 'Mira Kupferschmidt', 'Tilman Heidekraut', 'Greta Lindenau', 'Cem Rosengarten'],
    phone: '+49 30 23125 ###',
  },
  {
    code: 'FR',
    accounts: 8,
    currency: 'EUR',
    entity: 'NWEU',
    language: 'fr',
    regions: [''],
    zones: ['Europe/Paris'],
    first: ['Trois Hiboux', 'Lune Carrée', 'Le Renard Discret', 'Belle-Écluse', 'Nuage & Fils'],
    trade: ['Menuiserie', 'Transports', 'Imprimerie', 'Pâtisserie Industrielle'],
    forms: ['SARL', 'SAS', 'SA'],
    people: ['Élodie Vauclair', 'Bastien Morteau', 'Amélie Pontrieux', 'Yanis Delacombe', 'Solène Grandpré'],
    phone: '+33 1 99 00 ## ##',
  },
  {
    code: 'US',
    accounts: 10,
    currency: 'USD',
    entity: 'NWUK',
    language: 'en',
    regions: ['NY', 'TX', 'CA', 'IL'],
    zones: ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/Chicago'],
    first: ['Quokka Ridge', 'Tumbleweed & Moss', 'Bluepaw', 'Crooked Lantern', 'Sixpenny Creek'],
    trade: ['Hardware', 'Outfitters', 'Foods', 'Robotics', 'Roofing'],
    forms: ['LLC', 'Inc.', 'Corp.'],
    people: ['Dale Whitlock-Reyes', 'Jolene Applegarth', 'Marcus Oyelaran', 'Tess Cardwell', 'Hank Sorrelby'],
    phone: '+1 202 555 01##',
  },
  {
    code: 'ES',
    accounts: 6,
    currency: 'EUR',
    entity: 'NWEU',
    language: 'es',
    regions: ['MD', 'CT', 'AN'],
    zones: ['Europe/Madrid'],
    first: ['Faro Imaginario', 'Siete Gatos', 'La Nube Verde'],
    trade: ['Textil', 'Cerámica', 'Conservas'],
    forms: ['S.L.', 'S.A.'],
    people: ['Lucía Montealto', 'Íñigo Valdehierro', 'Carmen Riofrío', 'Nuria Casablanca'],
    phone: '',
  },
  {
    code: 'NL',
    accounts: 6,
    currency: 'EUR',
    entity: 'NWEU',
    language: 'en',
    regions: [''],
    zones: ['Europe/Amsterdam'],
    first: ['Stroopvogel', 'De Scheve Molen', 'Waterlelie & Co'],
    trade: ['Fietsen', 'Bloemen', 'Kaas'],
    forms: ['B.V.', 'N.V.'],
    people: ['Sanne Veldhuizen', 'Joost Appelboom', 'Femke Zonneveld', 'Bram Duinhof'],
    phone: '',
  },
];

/** Account owners in our sales team; the first is one of the local workspace's people, so that Home has customers to show. */
export const SAMPLE_OWNERS: readonly string[] = [
  'sara@northwind-trading.example',
  'tom.bellweather@harbourpike.example',
  'ines.karlsson@harbourpike.example',
];
