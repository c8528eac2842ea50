import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { urlTo } from '../../../tools/roles.mjs'

export interface TestDatabase {
  readonly name: string
  /** Role `migrator`: owns the tables, sees every row; for what a test prepares or reads behind the door. */
  readonly ownerUrl: string
  /** Role `app`: what the server connects as. */
  readonly appUrl: string
  readonly workerUrl: string
  readonly statsUrl: string
  readonly auditorUrl: string
  /** For the lint of the catalogue only: no test of behaviour connects as superuser. */
  readonly superuserUrl: string
  /** Drops the database, whoever is still connected. */
  close(): Promise<void>
}

/** A database of the test file's own, copied from the migrated template in a few milliseconds, empty of data. */
export async function testDatabase(): Promise<TestDatabase> {
  const { superuserUrl, template, roles } = inject('pg')
  const name = `t_${process.pid}_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: superuserUrl })
  await admin.connect()
  await admin.query(`create database ${name} template ${template} owner migrator strategy file_copy`)
  await admin.query(`revoke temporary on database ${name} from public`)
  await admin.query(`grant create on database ${name} to worker`) // a copy does not take the rights on the database itself
  return {
    name,
    ownerUrl: urlTo(roles.owner, name),
    appUrl: urlTo(roles.app, name),
    workerUrl: urlTo(roles.worker, name),
    statsUrl: urlTo(roles.stats, name),
    auditorUrl: urlTo(roles.auditor, name),
    superuserUrl: urlTo(superuserUrl, name),
    async close() {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
