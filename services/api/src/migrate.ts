import { firstExisting } from '@finity/kit/database/first-existing.ts'
import { runMigrations } from '@finity/kit/database/run-migrations.ts'
import { runJob } from '@finity/kit/process/start-or-explain.ts'
import { processEnvironment } from './config.ts'

/** Beside the bundle, or beside src. */
const places = ['./prisma/migrations/', '../prisma/migrations/'].map((path) => new URL(path, import.meta.url))

await runJob(() => runMigrations(processEnvironment, firstExisting(...places)))
