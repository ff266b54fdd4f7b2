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

/** One value, or one for each combination of labels. */
export type Reading = number | { labels: Record<string, string>; value: number }[]

type Watched = {
  name: string
  help: string
  labelNames?: string[]
  read: () => Reading | Promise<Reading>
}

export type Metrics = {
  counter: <L extends string = never>(metric: Described<CounterConfiguration<L>>) => Counter<L>
  gauge: <L extends string = never>(metric: Described<GaugeConfiguration<L>>) => Gauge<L>
  histogram: <L extends string = never>(metric: Described<HistogramConfiguration<L>>) => Histogram<L>
  /** A gauge whose value is read at each scrape; a value that cannot be read is left out, and the others are still told. */
  watch: (metric: Watched) => void
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
    watch({ read, labelNames = [], ...metric }) {
      // Without labels, "reset" would mean zero.
      const forget = () => (labelNames.length > 0 ? gauge.reset() : gauge.remove())
      const collect = () => measure(gauge, read, forget)
      const gauge: Gauge = new Gauge({ ...metric, labelNames, registers, collect })
    },
    contentType: register.contentType,
    print: () => register.metrics(),
  }
}

/** What is measured by these is told nowhere. */
export function unheard<M extends Metrics>(metrics: M): M {
  return { ...metrics, histogram: (metric) => new Histogram({ ...metric, registers: [] }) }
}

async function measure(gauge: Gauge, read: Watched['read'], forget: () => void): Promise<void> {
  try {
    const reading = await read()
    const values = typeof reading === 'number' ? [{ labels: {}, value: reading }] : reading
    forget()
    for (const { labels, value } of values) gauge.set(labels, value)
  } catch {
    forget()
  }
}
