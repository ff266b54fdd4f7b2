import { firstExisting } from '@finity/kit/first-existing.ts'
import { runMigrations } from '@finity/kit/run-migrations.ts'
import { runJob } from '@finity/kit/start-or-explain.ts'
import { processEnvironment } from './config.ts'

/** Beside the bundle, or beside src. */
const places = ['./prisma/migrations/', '../prisma/migrations/'].map((path) => new URL(path, import.meta.url))

await runJob(() => runMigrations(processEnvironment, firstExisting(...places)))
