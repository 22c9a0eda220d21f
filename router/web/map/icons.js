// The badges of stops, drawn when the map first asks for one: a vehicle's shape in its colour, with the number of the stop.

import { colourOf, cornersOf } from "./marks.js";
import * as theme from "./theme.js";

const SIZE = 30;
const RATIO = 2;

/** Draw what the map finds missing. The names are those that layers.js gives. */
export function drawIcons(map) {
  map.on("styleimagemissing", ({ id }) => {
    const [kind, , index, number] = id.split("|");
    if (map.hasImage(id) || !["stop", "out"].includes(kind)) return;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIZE * RATIO;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.scale(RATIO, RATIO);
    if (kind === "stop") stop(pen, Number(index), number);
    else out(pen);
    map.addImage(id, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO });
  });
}

function stop(pen, index, number) {
  outline(pen, cornersOf(index));
  pen.fillStyle = colourOf(index);
  pen.fill();
  pen.lineWidth = 1.8;
  pen.strokeStyle = theme.colour("casing");
  pen.stroke();
  text(pen, number, theme.colour("on-mark"), number.length > 2 ? 9 : 11);
}

function out(pen) {
  pen.beginPath();
  pen.arc(SIZE / 2, SIZE / 2, 9, 0, 2 * Math.PI);
  pen.fillStyle = theme.colour("panel");
  pen.fill();
  pen.lineWidth = 2.4;
  pen.strokeStyle = theme.colour("alarm");
  pen.stroke();
  text(pen, "×", theme.colour("alarm"), 15);
}

function outline(pen, corners) {
  const middle = SIZE / 2;
  pen.beginPath();
  if (corners.length === 0) pen.arc(middle, middle, 10.5, 0, 2 * Math.PI);
  const reach = corners.length === 3 ? 14 : 12.5;
  for (const [x, y] of corners) pen.lineTo(middle + reach * x, middle + reach * y + (corners.length === 3 ? 2 : 0));
  pen.closePath();
}

function text(pen, said, colour, size) {
  pen.fillStyle = colour;
  pen.font = `700 ${size}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(said, SIZE / 2, SIZE / 2 + 1);
}
