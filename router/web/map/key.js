// The dialog for the API key.

import { keepKey, key } from "./api.js";
import { byId } from "./dom.js";

/** Let the button open the dialog. */
export function wireKey() {
  byId("key-button").addEventListener("click", askForKey);
}

/** Ask for a key and keep it for this tab; return whether one was given. */
export function askForKey() {
  const [dialog, input] = [byId("key-dialog"), byId("key-input")];
  input.value = key();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    if (dialog.returnValue === "keep") keepKey(input.value.trim());
    if (dialog.returnValue === "forget") keepKey("");
    input.value = "";
    resolve(dialog.returnValue === "keep" && key() !== "");
  }, { once: true }));
}
