import { randomUUID } from 'node:crypto'
import { parisDay } from '@pass/domain/days.ts'
import { type Droit, isAllowed } from '@pass/domain/droits.ts'
import type { Role } from '@pass/domain/organisations.ts'
import { BadInput, type Io } from './cli.ts'
import type { Ctx } from './context.ts'
import type { Deps } from './deps.ts'
import { read, write } from './door.ts'
import { Refused } from './errors.ts'

type Row = {
  ctx: string
  role: Role
  utilisateur_id: string
  prenom: string
  nom: string
  adhesion_id: string
  organisation_id: string
  organisation_nom: string
  territoire: string[]
}

/** A person of an operator who acts from the command line: the same functions as the routes, the same droits, the same journal. */
export type CliPerson = {
  nom: string
  read: <T>(handle: (ctx: Ctx) => Promise<T>) => Promise<T>
  /** One transaction, journaled as `cli:<name>`. `objet`: identifiers only. Without `execute` all of it is undone. */
  act: <T>(act: { name: string; objet: object; execute: boolean }, handle: (ctx: Ctx) => Promise<T>) => Promise<T>
}

/** What an act would answer, carried out of the transaction that it undoes. */
class Undone extends Error {
  readonly output: unknown
  readonly fault: unknown
  constructor(output: unknown, fault?: unknown) {
    super('undone')
    this.output = output
    this.fault = fault
  }
}

const findRow = async (deps: Deps, courriel: string, droit: Droit): Promise<Row> => {
  const { rows } = await deps.pool.query<Row>('select * from command_context($1, $2)', [courriel, parisDay(deps.clock())])
  if (rows.length === 0) throw new BadInput(`Personne d’un opérateur n’a l’adresse ${courriel}. Vérifiez --par.`)
  const row = rows.find(({ role }) => isAllowed(role, droit))
  if (!row)
    throw new BadInput(`Le rôle de ${rows[0]!.prenom} ${rows[0]!.nom} ne permet pas cette étape. Désignez une autre personne par --par.`)
  return row
}

const ctxOf = (deps: Deps, row: Row, db: Ctx['db'], requestId: string): Ctx => {
  const now = deps.clock()
  const actor: Ctx['actor'] = {
    utilisateurId: row.utilisateur_id,
    prenom: row.prenom,
    nom: row.nom,
    adhesionId: row.adhesion_id,
    organisationId: row.organisation_id,
    organisationType: 'operateur',
    organisationNom: row.organisation_nom,
    role: row.role,
    // no session: nothing was signed in
    sessionId: requestId,
    territoire: row.territoire,
  }
  return { db, now, today: parisDay(now), requestId, actor }
}

const undoing =
  <T>(handle: (ctx: Ctx) => Promise<T>) =>
  async (ctx: Ctx): Promise<T> => {
    const output = await handle(ctx).catch((error: unknown) => {
      throw new Undone(undefined, error)
    })
    throw new Undone(output)
  }

/** The person of this address, in a role that holds the droit. @throws BadInput */
export const cliPerson = async (io: Io, courriel: string, droit: Droit): Promise<CliPerson> => {
  const deps = await io.deps()
  const { role, organisation_id, prenom, nom } = await findRow(deps, courriel, droit)
  // a signed context lives a few seconds: one for each transaction
  const enter = async () => {
    const { rows } = await deps.pool.query<Row>('select * from command_context($1, $2)', [courriel, parisDay(deps.clock())])
    const row = rows.find((one) => one.role === role && one.organisation_id === organisation_id)
    if (!row) throw new BadInput(`L’accès de ${prenom} ${nom} vient de se terminer.`)
    return { row, entry: { role: 'as_operateur', ctx: row.ctx }, requestId: randomUUID() }
  }
  return {
    nom: `${prenom} ${nom}`,
    read: async (handle) => {
      const { row, entry, requestId } = await enter()
      return read(deps.db, entry, (db) => handle(ctxOf(deps, row, db, requestId)))
    },
    act: async <T>(
      { name, objet, execute }: { name: string; objet: object; execute: boolean },
      handle: (ctx: Ctx) => Promise<T>,
    ): Promise<T> => {
      const { row, entry, requestId } = await enter()
      const call = {
        route: `cli:${name}`,
        key: null,
        hash: Buffer.alloc(0),
        status: 200,
        requestId,
        render: () => '',
        objet: () => objet,
        log: console.error,
      }
      const run = execute ? handle : undoing(handle)
      try {
        const answer = await write<T>(deps.db, entry, call, (db) => run(ctxOf(deps, row, db, requestId)))
        if (answer.status >= 400) throw new Refused(JSON.parse(answer.body))
        return answer.output as T
      } catch (error) {
        if (!(error instanceof Undone)) throw error
        if (error.fault !== undefined) throw error.fault
        return error.output as T
      }
    },
  }
}
