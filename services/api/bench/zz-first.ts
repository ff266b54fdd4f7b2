import { connectDatabase } from '@finity/kit/database/connect-database.ts'
import { createLogger } from '@finity/kit/process/create-logger.ts'
import { PrismaClient } from '../generated/prisma/client.ts'
const { pool, adapter } = connectDatabase('postgresql://postgres@127.0.0.1:55432/finity_doc_bench', 'x', createLogger('x', 'silent'))
const prisma = new PrismaClient({ adapter })
const t = (n: string, s: number) => console.log(n, (performance.now() - s).toFixed(0), process.cpuUsage().user / 1000)
if (process.argv[2]) { const s = performance.now(); await prisma.$connect(); t('connect', s) }
for (let i = 0; i < 3; i++) { const s = performance.now(); await prisma.usage.findUnique({ where: { accountId: '11111111-1111-4111-8111-111111111111' } }).catch((e) => console.log(e.message.slice(-100))); t('query', s) }
process.exit()
