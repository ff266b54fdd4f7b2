import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client'

export type { Counter, Gauge, Histogram } from 'prom-client'

type Described<Configuration> = Omit<Configuration, 'registers' | 'collect'>

export type Metrics = {
  counter: <L extends string = never>(metric: Described<CounterConfiguration<L>>) => Counter<L>
  gauge: <L extends string = never>(metric: Described<GaugeConfiguration<L>>) => Gauge<L>
  histogram: <L extends string = never>(metric: Described<HistogramConfiguration<L>>) => Histogram<L>
  /** A gauge whose value is read at each scrape; a value that cannot be read is left out, and the others are still told. */
  watch: (metric: { name: string; help: string; read: () => number | Promise<number> }) => void
  contentType: string
  /** Everything in the text format of Prometheus. */
  print: () => Promise<string>
}

/** The metrics of one service, its process included: event loop, memory, garbage collection. All carry the label `service`. */
export function createMetrics(service: string): Metrics {
  const register = new Registry()
  const registers = [register]
  register.setDefaultLabels({ service })
  collectDefaultMetrics({ register })
  return {
    counter: (metric) => new Counter({ ...metric, registers }),
    gauge: (metric) => new Gauge({ ...metric, registers }),
    histogram: (metric) => new Histogram({ ...metric, registers }),
    watch({ name, help, read }) {
      const gauge: Gauge = new Gauge({ name, help, registers, collect: () => measure(gauge, read) })
    },
    contentType: register.contentType,
    print: () => register.metrics(),
  }
}

async function measure(gauge: Gauge, read: () => number | Promise<number>): Promise<void> {
  try {
    gauge.set(await read())
  } catch {
    gauge.remove()
  }
}
