// Prints the tests that took longest, after all of them.

const COUNT = 20;

export default class Slowest {
  #tests = [];

  onTestEnd(test, { duration }) {
    const [, project, file, ...titles] = test.titlePath();
    this.#tests.push({ duration, name: `${project}  ${file}  ${titles.join(' › ')}` });
  }

  onEnd() {
    const total = this.#tests.reduce((sum, { duration }) => sum + duration, 0);
    const slowest = this.#tests.sort((a, b) => b.duration - a.duration).slice(0, COUNT);
    if (slowest.length < 2) return;
    console.log(`\nThe slowest ${slowest.length} of ${this.#tests.length} tests, which took ${seconds(total)} in all:`);
    for (const { duration, name } of slowest) console.log(`${seconds(duration)}  ${name}`);
  }

  printsToStdio() {
    return false;
  }
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1).padStart(7)} s`;
}
