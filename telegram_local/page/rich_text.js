// Text with entities, as nodes.

import { BLOCKS, ENTITIES } from "./entities.js";

/**
 * Text and entities as nodes. Offsets count UTF-16 units, as JavaScript's strings do. Entities nest; one that crosses
 * another's end is split there, so whatever a server sends, every character is shown once.
 */
export function richText(text, entities = []) {
  const known = entities.filter((entity) => ENTITIES[entity.type]);
  known.sort((a, b) => a.offset - b.offset || b.length - a.length || BLOCKS.has(b.type) - BLOCKS.has(a.type));
  return renderRange(text, 0, text.length, known.map((entity) => ({ entity, from: entity.offset, to: entity.offset + entity.length })));
}

function renderRange(text, start, end, spans) {
  const nodes = [];
  const queue = [...spans];
  let position = start;
  let afterBlock = false;
  const plain = (until) => {
    // A block ends its own line; the newline after it would draw an empty one.
    const from = afterBlock && text[position] === "\n" ? position + 1 : position;
    if (until > from) nodes.push(text.slice(from, until));
    if (until > position) afterBlock = false;
    position = until;
  };
  while (queue.length) {
    const { entity, from, to } = queue.shift();
    const first = Math.max(from, position);
    const last = Math.min(to, end);
    if (first >= last) continue;
    plain(first);
    const inside = [];
    const later = [];
    for (const span of queue) {
      if (span.from < last) inside.push(span);
      if (span.to > last) later.push(span.from < last ? { ...span, from: last } : span);
    }
    nodes.push(ENTITIES[entity.type](entity, text.slice(first, last), renderRange(text, first, last, inside)));
    queue.splice(0, queue.length, ...later);
    afterBlock = BLOCKS.has(entity.type);
    position = last;
  }
  plain(end);
  return nodes;
}

/** One to three emoji and nothing else are shown large. */
export function isBigEmoji(text) {
  if (!text || text.length > 40) return false;
  const parts = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return parts.length <= 3 && parts.every((part) => /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?/u.test(part));
}
