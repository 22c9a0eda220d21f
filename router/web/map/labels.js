// Where the names of ports and islands go, so that they do not cover each other, nor ports and depots.

const GAP = 3;
const SIDES = ["right", "left", "below", "above"];

/** Place the names anew whenever the map has moved; `marks()` gives the elements: ports and depots, and names of islands. */
export function keepLabelsApart(map, marks) {
  const place = () => {
    const edge = boxOf(map.getContainer());
    const { ports, depots, names } = marks();
    const taken = [...ports, ...depots].map((element) => grown(boxOf(element.querySelector(".ring") ?? element)));
    for (const [i, port] of ports.entries()) {
      const others = taken.filter((each) => each !== taken[i]);  // its own ring is in nobody's way
      const side = SIDES.find((each) => fits(port, each, others, edge)) ?? SIDES.find((each) => fits(port, each, others, edge, true));
      port.dataset.side = side ?? "none";
      if (side) taken.push(boxOf(port.querySelector(".port-name")));
    }
    for (const name of names) {
      name.classList.remove("crowded");
      const box = boxOf(name);
      if (taken.some((each) => overlap(each, box))) name.classList.add("crowded");
      else taken.push(box);
    }
  };
  map.on("moveend", place);
  return place;
}

/** Whether a name may stand on this side; `closely` lets it cover what covers the port already, where no side is free. */
function fits(port, side, taken, edge, closely = false) {
  port.dataset.side = side;
  const box = boxOf(port.querySelector(".port-name"));
  const own = boxOf(port.querySelector(".ring"));
  if (inside(own, edge) && !inside(box, edge)) return false;
  return !taken.some((each) => overlap(each, box) && !(closely && overlap(each, own)));
}

function boxOf(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top, bottom };
}

const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
const grown = (box) => ({ left: box.left - GAP, right: box.right + GAP, top: box.top - GAP, bottom: box.bottom + GAP });
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
