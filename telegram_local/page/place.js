// The dialog that sends a location: a city, coordinates, or where the reader is.

import { transmit } from "./connection.js";
import { closeBeside } from "./dialogs.js";
import { $, el } from "./dom.js";
import { scroll } from "./scrolling.js";
import { toast } from "./toasts.js";

const CITIES = { Berlin: [52.52, 13.405], Lisbon: [38.7223, -9.1393], London: [51.5072, -0.1276], "New York": [40.7128, -74.006],
  "São Paulo": [-23.5505, -46.6333], Nairobi: [-1.2921, 36.8219], Mumbai: [19.076, 72.8777], Tokyo: [35.6762, 139.6503], Sydney: [-33.8688, 151.2093] };

export function openPlace() {
  $("place").showModal();
}

function sendPlace(latitude, longitude) {
  if (transmit({ type: "location", latitude, longitude })) scroll.stuck = true;
  $("place").close();
}

function locateMyself() {
  const failed = () => toast("The browser did not tell where you are.");
  if (!navigator.geolocation) return failed();
  navigator.geolocation.getCurrentPosition(({ coords }) => sendPlace(coords.latitude, coords.longitude), failed, { timeout: 8000 });
}

export function preparePlace() {
  $("cities").append(...Object.entries(CITIES).map(([name, at]) => el("button", { type: "button", class: "chip", on: { click: () => sendPlace(...at) } }, name)));
  $("place-form").addEventListener("submit", (event) => {
    event.preventDefault();
    sendPlace(Number($("latitude").value), Number($("longitude").value));
  });
  $("place-cancel").addEventListener("click", () => $("place").close());
  $("locate").addEventListener("click", locateMyself);
  closeBeside($("place"));
}
