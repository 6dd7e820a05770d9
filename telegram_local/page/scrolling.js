// Where the reader is in the log: at the end, which is followed, or further up, which is left alone.

import { $ } from "./dom.js";

export const scroll = { stuck: true, unseen: 0 };

export function scrollToEnd() {
  $("log").scrollTop = $("log").scrollHeight;
  scroll.stuck = true;
  scroll.unseen = 0;
  showDown();
}

/** What is longer than the screen is read from its first line. */
function showNewest(node) {
  if (node.offsetHeight < $("log").clientHeight) return scrollToEnd();
  node.scrollIntoView({ block: "start" });
  scroll.stuck = false;
  showDown();
}

/** A message came in. Whoever reads at the end sees it; whoever reads further up is told of it. */
export function showArrival(node) {
  if (scroll.stuck) return showNewest(node);
  scroll.unseen += 1;
  showDown();
}

function showDown() {
  $("down").hidden = scroll.stuck;
  $("down-text").textContent = scroll.unseen ? `${scroll.unseen} new message${scroll.unseen > 1 ? "s" : ""}` : "";
  $("down").setAttribute("aria-label", scroll.unseen ? `${$("down-text").textContent}, go to the end` : "Go to the end");
}

export function watchScroll() {
  const log = $("log");
  let lastTop = 0;
  let rest = 0;
  log.addEventListener("scroll", () => {
    const near = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    // Only a reader's way up lets go of the end: content that grew below must not.
    if (near) Object.assign(scroll, { stuck: true, unseen: 0 });
    else if (log.scrollTop < lastTop) scroll.stuck = false;
    lastTop = log.scrollTop;
    showDown();
    log.classList.toggle("scrolling", !scroll.stuck);
    clearTimeout(rest);
    rest = setTimeout(() => log.classList.remove("scrolling"), 900);
  });
  // Pictures that load, keyboards that open and a composer that grows all move the end; whoever reads there stays there.
  const follow = new ResizeObserver(() => scroll.stuck && scrollToEnd());
  follow.observe(log);
  follow.observe($("column"));
  $("down").addEventListener("click", () => { scrollToEnd(); $("text").focus(); });
}
