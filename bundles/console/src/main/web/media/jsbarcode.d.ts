/** Only the code is used: the package's own drawing is four times as large as all of the page that needs it. */
declare module 'jsbarcode/bin/barcodes/CODE39' {
  /** One digit for each unit of its width: 1 is black. */
  export class CODE39 {
    constructor(text: string, options: Record<string, never>);
    encode(): { data: string; text: string };
  }
}
