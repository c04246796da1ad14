// Put in by tools/build_widget.py: the interface's words and the hosts that links may lead to.
declare const WORDS: Record<string, string> & Record<"date_units", string>;
declare const SCREENS: Record<string, string>;
declare const LINK_HOSTS: readonly string[];

declare module "*.css" {
  const text: string;
  export default text;
}
