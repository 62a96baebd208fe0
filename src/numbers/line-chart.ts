/** Lines over the same points of time, one scale for all of them. */
export interface LineChart {
  readonly title: string;
  /** Below each point. */
  readonly labels: readonly string[];
  /** Stands at the top of the scale: 'days', 'EUR'. */
  readonly unit: string;
  readonly lines: readonly ChartLine[];
  /** A shaded range around the first line, such as a band of 80 %. */
  readonly band?: { readonly name: string; readonly low: readonly number[]; readonly high: readonly number[] };
}

export interface ChartLine {
  readonly name: string;
  /** Null where there is no figure: the line has a gap there. */
  readonly values: readonly (number | null)[];
  /** Told apart in grey scale, too. */
  readonly dashed: boolean;
}
