/** Has the browser keep what is at an address under this name, without leaving the page. */
export function keep(name: string, address: string) {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** The same of a text that is here. @param type of its media */
export function keepText(name: string, text: string, type = '') {
  const address = URL.createObjectURL(new Blob([text], { type }));
  keep(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
