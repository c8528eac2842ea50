import type { LigneJournal } from '@pass/contracts/equipe.ts'
import { METHODE_LABELS } from '@pass/domain/acces.ts'
import { addDays, PARIS, zonedInstant } from '@pass/domain/days.ts'
import { JOURNAL_CONNEXIONS, JOURNAL_SENTENCES, JOURNAL_UNKNOWN, type JournalGenre } from '@pass/domain/journal.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { z } from 'zod'
import { shiftOf } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql, type Sql } from '../../platform/db.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { summaryOf } from '../../platform/summaries.ts'
import { namesOf } from './names.ts'

type Row = {
  /** To the microsecond, in UTC: what a date of JavaScript would cut. */
  at: string
  id: string
  utilisateur_id: string | null
  role: string | null
  action: string
  statut: number
  code: string | null
  consultation_id: string | null
  methode: string | null
}

/** What the journal says of an action. */
export const sentenceOf = (action: string, methode: string | null = null): string => {
  const sentence = JOURNAL_SENTENCES[action] ?? summaryOf(action) ?? JOURNAL_UNKNOWN
  const label = (METHODE_LABELS as Record<string, string>)[methode ?? '']
  return action === 'session.ouverte' && label ? `${sentence}\u00a0: ${label}` : sentence
}

export type JournalFilter = {
  du?: string | undefined
  au?: string | undefined
  utilisateurId?: string | undefined
  genre?: JournalGenre | undefined
}

const CONNEXIONS = [...JOURNAL_CONNEXIONS]
const ofGenre = (genre: JournalGenre | undefined): Sql => {
  if (genre === 'connexions') return sql`and e.action = any (${CONNEXIONS}::text[])`
  if (genre === 'actes') return sql`and e.action <> all (${CONNEXIONS}::text[]) and e.statut < 400 and not e.objet ? 'consultationId'`
  if (genre === 'refus') return sql`and e.statut >= 400`
  return genre === 'assistance' ? sql`and e.objet ? 'consultationId'` : empty
}

/** The first instant of a day of the screens' calendar, by the clock that wrote the journal. */
const startOf = (ctx: Ctx, day: string) => new Date(zonedInstant(day, '00:00', PARIS).getTime() - shiftOf(ctx))

const filterOf = (ctx: Ctx, { du, au, utilisateurId, genre }: JournalFilter): Sql => sql`
  ${du ? sql`and e.at >= ${startOf(ctx, du)}::timestamptz` : empty}
  ${au ? sql`and e.at < ${startOf(ctx, addDays(au, 1))}::timestamptz` : empty}
  ${utilisateurId ? sql`and e.utilisateur_id = ${utilisateurId}::uuid` : empty} ${ofGenre(genre)}`

/** Lines of the actor's organisation, the last first, after a line when one is given. */
const rowsOf = (ctx: Ctx, filter: JournalFilter, last: readonly [string, string] | null, taille: number) =>
  ctx.db.$queryRaw<Row[]>`
    select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') at, e.public_id id, e.utilisateur_id, e.role, e.action, e.statut, e.code,
           e.objet ->> 'consultationId' consultation_id, e.objet ->> 'methode' methode
      from audit_event e
     where e.organisation_id = ${ctx.actor.organisationId}::uuid ${filterOf(ctx, filter)}
           ${last ? sql`and (e.at, e.public_id) < (${last[0]}::timestamptz, ${last[1]}::uuid)` : empty}
     order by e.at desc, e.public_id desc limit ${taille}`

const looksOf = async ({ db }: Ctx, rows: readonly Row[]): Promise<ReadonlyMap<string, { de: string; pour: string }>> => {
  const ids = [...new Set(rows.flatMap(({ consultation_id }) => consultation_id ?? []))]
  if (ids.length === 0) return new Map()
  const looks = await db.$queryRaw<{ id: string; par: string; pour: string }[]>`
    select id, par, pour from consultation_facts(${ids}::uuid[])`
  return new Map(looks.map(({ id, par, pour }) => [id, { de: par, pour }]))
}

const toLignes = async (ctx: Ctx, rows: readonly Row[]): Promise<LigneJournal[]> => {
  const names = await namesOf(
    ctx,
    rows.flatMap(({ utilisateur_id }) => utilisateur_id ?? []),
  )
  const looks = await looksOf(ctx, rows)
  const shift = shiftOf(ctx)
  return rows.map(({ at, utilisateur_id, role, action, statut, code, consultation_id, methode }) => ({
    at: new Date(Date.parse(at) + shift).toISOString(),
    personne: (utilisateur_id && names.get(utilisateur_id)) || null,
    role: (ROLE_LABELS as Record<string, string>)[role ?? ''] ?? null,
    action,
    libelle: sentenceOf(action, methode),
    statut,
    code,
    assistance: (consultation_id && looks.get(consultation_id)) || null,
  }))
}

/** The journal of accesses of the actor's organisation, the last first. Its cursor names a line by its public identifier. */
export const listJournal = async (
  ctx: Ctx,
  { apres, taille = TAILLE, ...filter }: JournalFilter & { apres?: string | undefined; taille?: number | undefined },
) => {
  const last = cursorOf(apres, z.tuple([z.iso.datetime(), z.uuid()]))
  const rows = await rowsOf(ctx, filter, last, taille + 1)
  const page = pageOf(rows, taille, ({ at, id }) => [at, id])
  return { ...page, items: await toLignes(ctx, page.items) }
}

/** The last lines, at most as many as asked: for a file. */
export const journalLines = async (ctx: Ctx, filter: JournalFilter, most: number): Promise<LigneJournal[]> =>
  toLignes(ctx, await rowsOf(ctx, filter, null, most))
