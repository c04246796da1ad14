// Easy Japanese writes the reading behind the kanji, 番号（ばんごう）: here it goes above them.
import { make } from "./dom";

const READING = /([一-龠々〆ヶ]+)（([ぁ-んァ-ヶー]+)）/g;

export function withRuby(text: string): DocumentFragment {
  const made = document.createDocumentFragment();
  let from = 0;
  for (let found = READING.exec(text); found; found = READING.exec(text)) {
    made.append(text.slice(from, found.index), annotated(found[1]!, found[2]!));
    from = found.index + found[0].length;
  }
  made.append(text.slice(from));
  return made;
}

// The brackets show where a browser cannot set readings above.
function annotated(kanji: string, reading: string): HTMLElement {
  const ruby = make("ruby", "", kanji);
  ruby.append(make("rp", "", "（"), make("rt", "", reading), make("rp", "", "）"));
  return ruby;
}
