/** Made by the build from docs/manual/trouble.md: the codes that it explains. */
declare module 'virtual:troubles' {
  const codes: Set<string>;
  export default codes;
}
