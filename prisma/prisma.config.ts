import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  schema: at('schema'),
  migrations: { path: at('migrations') },
  datasource: { url: process.env.DATABASE_OWNER_URL ?? '' }, // migrator; not env(): `generate` must work without a database
})
