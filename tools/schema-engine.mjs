#!/usr/bin/env node
// Stands in for Prisma's native schema-engine (a download) with Prisma's own WebAssembly build of it from the npm
// registry, over the pg driver adapter. Named by PRISMA_SCHEMA_ENGINE_BINARY, it serves every `prisma` command.
// @ts-nocheck: it speaks with parts of Prisma that publish no types
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as bg from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const argv = process.argv.slice(2)
const after = (flag) => argv.flatMap((word, i) => (word === flag ? [argv[i + 1]] : []))
const { url } = JSON.parse(after('--datasource')[0] ?? '{}')
const schemas = after('--datamodels').map((path) => [path, readFileSync(path, 'utf8')])
const at = (name) => Object.assign(new URL(url), { pathname: `/${name}` }).href
const onServer = async (run) => {
  const client = new pg.Client({ connectionString: at('postgres') })
  await client.connect()
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  try {
    await run(client, client.escapeIdentifier(name))
  } finally {
    await client.end()
  }
  return name
}
const createDatabase = () => onServer((client, name) => client.query(`CREATE DATABASE ${name}`))
const dropDatabase = () => onServer((client, name) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
const canConnect = async () => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.end()
}

/** The adapter is made for the client; the engine needs the first two points changed, and its shadow database the others. */
const forEngine = (adapter) => {
  const { queryRaw, startTransaction } = adapter
  adapter.queryRaw = async (query) => {
    const chars = [] // 1. the catalogs' "char" columns (oid 18), which it does not know
    const performIO = async (q) => {
      const result = await adapter.performIO(q)
      result.fields = result.fields.map((field, i) => (field.dataTypeID === 18 ? (chars.push(i), { ...field, dataTypeID: 25 }) : field))
      return result
    }
    const result = await queryRaw.call(Object.create(adapter, { performIO: { value: performIO } }), query)
    for (const i of chars) result.columnTypes[i] = ColumnTypeEnum.Character
    return result
  }
  // 2. a script is one query (so one transaction): it cuts a script at every `;`, even inside a function's body
  adapter.executeScript = (sql) =>
    adapter.client.query(sql).then(
      () => {},
      (error) => adapter.onError(error),
    )
  if (startTransaction) adapter.startTransaction = async (...args) => forEngine(await startTransaction.apply(adapter, args))
  return adapter
}

class EnginePg extends PrismaPg {
  async connect() {
    return forEngine(await super.connect())
  }
  // 3. from a connection string its shadow is the main database  4. it drops it while in use
  async connectToShadowDb() {
    const name = `prisma_shadow_${crypto.randomUUID()}`
    const main = await this.connect()
    await main.executeScript(`CREATE DATABASE "${name}"`)
    const shadow = forEngine(await new PrismaPg({ connectionString: at(name), max: 2 }).connect())
    const { dispose } = shadow
    shadow.dispose = async () => {
      await dispose.call(shadow)
      await main.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      await main.dispose()
    }
    return shadow
  }
}

const CODES = { '3D000': 'P1003', '28P01': 'P1000' }
/** `schema-engine cli can-connect-to-database` and its kin: one answer by the exit code. */
async function command(verb) {
  try {
    await { 'can-connect-to-database': canConnect, 'create-database': createDatabase, 'drop-database': dropDatabase }[verb]()
    process.exit(0)
  } catch (error) {
    const fields = { message: error.message || error.code, error_code: CODES[error.code] ?? 'P1001', is_panic: false }
    process.stderr.write(`{}\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`)
    process.exit(1)
  }
}

/** JSON-RPC, one call a line. */
async function serve() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`${message}\n`) }
  const wasm = readFileSync(
    fileURLToPath(new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))),
  )
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bg })
  bg.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  let made
  const engine = () =>
    (made ??= bg.SchemaEngine.new(
      { datamodels: schemas.length ? schemas : undefined },
      (line) => process.stderr.write(`${line}\n`),
      bindMigrationAwareSqlAdapterFactory(new EnginePg({ connectionString: url, max: 2 })),
    ))
  const answer = async (method, params) => {
    if (method === 'createDatabase') return { databaseName: await createDatabase() }
    if (method === 'getDatabaseVersion') return (await engine()).version()
    return (await engine())[method](params)
  }
  const reply = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = line.trim() ? JSON.parse(line) : {}
    if (!method) continue // the CLI's answer to a print
    try {
      const result = await answer(method, params)
      if (method === 'diff' && result.stdout != null) reply({ id: `print-${id}`, method: 'print', params: { content: result.stdout } })
      reply({ id, result: result ?? {} })
    } catch (error) {
      const { message = String(error), meta, code } = error
      const data = { is_panic: error instanceof WebAssembly.RuntimeError, message, meta, error_code: code }
      reply({ id, error: { code: 4466, message: 'error', data } })
    }
  }
  process.exit(0)
}

if (argv.includes('--version')) console.log('schema-engine-wasm')
else if (argv.includes('cli')) await command(argv[argv.indexOf('cli') + 1])
else await serve()
