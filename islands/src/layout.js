// The worker that finds each entity its place; what it posts moves the picture.
import { arrange } from "./arrange.js";

/** Between two posts, in milliseconds. */
const pause = 120;

onmessage = ({ data }) => {
  let posted = performance.now();
  let positions;
  for (positions of arrange(data)) {
    if (performance.now() - posted > pause) {
      const copy = positions.slice();
      postMessage({ positions: copy }, [copy.buffer]);
      posted = performance.now();
    }
  }

  const last = positions.slice();
  postMessage({ positions: last, isLast: true }, [last.buffer]);
};
