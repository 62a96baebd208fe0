/** ISO 3166-1: two letters for three. */
const THREE =
  'AFGAFALAAXALBALDZADZASMASANDADAGOAOAIAAIATAAQATGAGARGARARMAMABWAWAUSAUAUTATAZEAZBHSBSBHRBHBGDBDBRBBBBLRBYBELBEBLZBZBENBJBMUBMBTNBTBOLBOBESBQBIHBABWABWBVTBVBRABRIOTIOBRNBNBGRBGBFABFBDIBICPVCVKHMKHCMRCMCANCACYMKYCAFCFTCDTDCHLCLCHNCNCXRCXCCKCCCOLCOCOMKMCOGCGCODCDCOKCKCRICRCIVCIHRVHRCUBCUCUWCWCYPCYCZECZDNKDKDJIDJDMADMDOMDOECUECEGYEGSLVSVGNQGQERIERESTEESWZSZETHETFLKFKFROFOFJIFJFINFIFRAFRGUFGFPYFPFATFTFGABGAGMBGMGEOGEDEUDEGHAGHGIBGIGRCGRGRLGLGRDGDGLPGPGUMGUGTMGTGGYGGGINGNGNBGWGUYGYHTIHTHMDHMVATVAHNDHNHKGHKHUNHUISLISINDINIDNIDIRNIRIRQIQIRLIEIMNIMISRILITAITJAMJMJPNJPJEYJEJORJOKAZKZKENKEKIRKIPRKKPKORKRKWTKWKGZKGLAOLALVALVLBNLBLSOLSLBRLRLBYLYLIELILTULTLUXLUMACMOMDGMGMWIMWMYSMYMDVMVMLIMLMLTMTMHLMHMTQMQMRTMRMUSMUMYTYTMEXMXFSMFMMDAMDMCOMCMNGMNMNEMEMSRMSMARMAMOZMZMMRMMNAMNANRUNRNPLNPNLDNLNCLNCNZLNZNICNINERNENGANGNIUNUNFKNFMKDMKMNPMPNORNOOMNOMPAKPKPLWPWPSEPSPANPAPNGPGPRYPYPERPEPHLPHPCNPNPOLPLPRTPTPRIPRQATQAREUREROURORUSRURWARWBLMBLSHNSHKNAKNLCALCMAFMFSPMPMVCTVCWSMWSSMRSMSTPSTSAUSASENSNSRBRSSYCSCSLESLSGPSGSXMSXSVKSKSVNSISLBSBSOMSOZAFZASGSGSSSDSSESPESLKALKSDNSDSURSRSJMSJSWESECHECHSYRSYTWNTWTJKTJTZATZTHATHTLSTLTGOTGTKLTKTONTOTTOTTTUNTNTURTRTKMTMTCATCTUVTVUGAUGUKRUAAREAEGBRGBUSAUSUMIUMURYUYUZBUZVUTVUVENVEVNMVNVGBVGVIRVIWLFWFESHEHYEMYEZMBZMZWEZW';
const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
/** What people write instead, and Greece as its tax numbers begin. */
const ALSO: Readonly<Record<string, string>> = {
  uk: 'GB',
  greatbritain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  northernireland: 'GB',
  usa: 'US',
  unitedstatesofamerica: 'US',
  etatsunisdamerique: 'US',
  el: 'GR',
  holland: 'NL',
  thenetherlands: 'NL',
  czechrepublic: 'CZ',
  tschechischerepublik: 'CZ',
  turkey: 'TR',
  korea: 'KR',
  southkorea: 'KR',
  uae: 'AE',
  brd: 'DE',
};
const NOT_COUNTRIES = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UK', 'UN', 'XA', 'XB', 'XK', 'ZZ']);

let names: ReadonlyMap<string, string> | null = null;

/** ISO 3166-1 alpha-2 for a code of two or three letters or a name in English, German, French or Spanish; null for anything else. */
export function countryCode(text: string): string | null {
  const word = plain(text);
  return ALSO[word] ?? countryNames().get(word) ?? null;
}

function countryNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const found = new Map<string, string>();
  const displays = LANGUAGES.map((language) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }));
  for (let at = 0; at < THREE.length; at += 5) {
    const [three, two] = [THREE.slice(at, at + 3), THREE.slice(at + 3, at + 5)];
    if (NOT_COUNTRIES.has(two) || displays[0]!.of(two) === undefined) continue;
    found.set(three.toLowerCase(), two);
    found.set(two.toLowerCase(), two);
    for (const display of displays) found.set(plain(display.of(two)!), two);
  }
  names = found;
  return found;
}

let tongues: ReadonlyMap<string, string> | null = null;
const SPOKEN =
  'en de fr es it nl pl pt cs sk hu ro bg el da sv nb no fi et lv lt sl hr sr bs sq mk tr ru uk be ar he fa hi zh ja ko vi th id ms ca eu gl ga cy is mt lb'.split(
    ' ',
  );

/** ISO 639-1 for a code, a code with a country (de-CH) or a name in four languages or its own; null for anything else. */
export function languageCode(text: string): string | null {
  const coded = /^([a-z]{2})(?:[-_][A-Za-z]{2,4})?$/i.exec(text.trim())?.[1]?.toLowerCase();
  if (coded !== undefined && SPOKEN.includes(coded)) return coded;
  if (!tongues) {
    const found = new Map<string, string>();
    for (const code of SPOKEN)
      for (const language of [...LANGUAGES, code]) {
        const name = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }).of(code);
        if (name) found.set(plain(name), code);
      }
    for (const [sap, code] of [
      ['d', 'de'],
      ['e', 'en'],
      ['f', 'fr'],
      ['s', 'es'],
      ['i', 'it'],
      ['n', 'nl'],
      ['ger', 'de'],
      ['deu', 'de'],
      ['eng', 'en'],
      ['fra', 'fr'],
      ['fre', 'fr'],
      ['spa', 'es'],
    ] as const)
      found.set(sap, code);
    tongues = found;
  }
  return tongues.get(plain(text)) ?? null;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '');
}
