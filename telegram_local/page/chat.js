// The chat page of Local Telegram: sets up its parts, and connects.

/*
 * The server sends frames over one WebSocket; each kind of frame has a function in frames.js. The page keeps no truth
 * of its own: "hello" redraws everything, so a lost connection costs nothing but the wait.
 * User text only ever becomes text nodes (see `el` in dom.js), and links only ever come from `safeUrl` in links.js.
 */

import { takeFromAddress } from "./address.js";
import { prepareAttachments, prepareComposer } from "./composer.js";
import { stayConnected } from "./connection.js";
import { prepareDialogs } from "./dialogs.js";
import { receive } from "./frames.js";
import { preparePlace } from "./place.js";
import { watchScroll } from "./scrolling.js";
import { prepareStart } from "./starting.js";
import { showConnecting, showRefused } from "./status.js";
import { prepareStrip } from "./strip.js";
import { prepareTheme } from "./theme.js";

takeFromAddress("key"); // the server has made a cookie of it
prepareTheme();
watchScroll();
prepareComposer();
prepareAttachments();
prepareStart();
prepareStrip();
prepareDialogs();
preparePlace();
showConnecting();
stayConnected(receive, { lost: showConnecting, refused: showRefused });
