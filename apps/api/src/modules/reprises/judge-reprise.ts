import { addMonths, endOfMonth } from '@pass/domain/days.ts'
import {
  type AncienPass,
  type Decision,
  type EtatAncien,
  judgeReprise,
  REPRISE_LOTS_MAX,
  type RepriseFacts,
  repriseMachine,
  type RepriseStatut,
} from '@pass/domain/reprises.ts'
import type { Ctx } from '../../platform/context.ts'
import { won } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { lockFonds } from '../comptabilite/public.ts'
import { readReprise } from './queries.ts'
import type { HashedLine } from './read-fichier.ts'

type Asking = Ctx | JobCtx
type Which = { id: string; collectivite_id: string; convention_id: string; operateur_id: string }
/** Lines written by one statement. */
const CHUNK = 5000

const chunks = <T>(items: readonly T[]): T[][] => {
  const parts: T[][] = []
  for (let from = 0; from < items.length; from += CHUNK) parts.push(items.slice(from, from + CHUNK))
  return parts
}

const writeLines = async ({ db }: Asking, { id, collectivite_id, operateur_id }: Which, lines: readonly HashedLine[]): Promise<void> => {
  await db.$executeRaw`select reprise_clear(${collectivite_id}::uuid, ${id}::uuid)`
  for (const part of chunks(lines))
    await db.$executeRaw`
      insert into reprise_ligne (collectivite_id, reprise_id, numero, operateur_id, serie, lookup, etat, date_fin, remis_le, prescripteur_id, preuve, probleme)
      select ${collectivite_id}::uuid, ${id}::uuid, l.numero, ${operateur_id}::uuid, l.serie, decode(l.lookup, 'hex'), l.etat, l.date_fin, l.remis_le, l.prescripteur_id, l.preuve, l.probleme
        from jsonb_to_recordset(${JSON.stringify(part)}::jsonb)
          l(numero int, serie text, lookup text, etat text, date_fin date, remis_le date, prescripteur_id uuid, preuve text, probleme text)`
}

const factsOf = async (ctx: Asking, { collectivite_id: collectiviteId, convention_id: conventionId }: Which): Promise<RepriseFacts> => {
  const [row] = await ctx.db.$queryRaw<{ tolerance: number; validite: number; valeur: number }[]>`
    select tolerance_jours as tolerance, validite_mois as validite, valeur_faciale_centimes as valeur from convention
     where collectivite_id = ${collectiviteId}::uuid and id = ${conventionId}::uuid`
  const { tolerance, validite, valeur } = row!
  return {
    today: ctx.today,
    toleranceJours: tolerance,
    dateFinMax: endOfMonth(addMonths(ctx.today, validite)),
    fondsCentimes: await lockFonds(ctx, { collectiviteId, conventionId }),
    valeurFacialeCentimes: valeur,
  }
}

/** Lines of the file whose pass is one of ours by now. */
export const knownLines = async ({ db }: Asking, { id, collectivite_id }: Which): Promise<ReadonlySet<number>> => {
  const rows = await db.$queryRaw<{ numero: number }[]>`select numero from reprise_known(${collectivite_id}::uuid, ${id}::uuid)`
  return new Set(rows.map(({ numero }) => numero))
}

// Lines just written have no statistics: joined one by one, each would be compared with all the others.
const writeDecisions = async ({ db }: Asking, { id, collectivite_id }: Which, decisions: readonly Decision[]): Promise<void> => {
  await db.$executeRaw`select set_config('enable_nestloop', 'off', true)`
  for (const part of chunks(decisions.filter(({ motif }) => motif !== null)))
    await db.$executeRaw`
      update reprise_ligne l set motif = d.motif
        from unnest(${part.map(({ numero }) => numero)}::int[], ${part.map(({ motif }) => motif)}::text[]) d(numero, motif)
       where l.collectivite_id = ${collectivite_id}::uuid and l.reprise_id = ${id}::uuid and l.numero = d.numero`
  await db.$executeRaw`select set_config('enable_nestloop', 'on', true)`
}

type Sound = HashedLine & { serie: string; etat: EtatAncien; date_fin: string }
type Result = { carnets: number; honores: number; refuses: number; montantCentimes: number; message: string | null }

const NOTHING: Result = { carnets: 0, honores: 0, refuses: 0, montantCentimes: 0, message: null }

/** What the decisions come to. Each number of honoured pass and end of validity is a lot: too many of them is a file to cut. */
const resultOf = (lines: readonly Sound[], decisions: readonly Decision[], valeur: number): Result => {
  const carnets = new Map<string, { pass: number; fin: string }>()
  for (const [i, { motif }] of decisions.entries()) {
    const { serie, date_fin: fin } = lines[i]!
    if (motif === null) carnets.set(serie, { pass: (carnets.get(serie)?.pass ?? 0) + 1, fin })
  }
  const lots = new Set([...carnets.values()].map(({ pass, fin }) => `${pass} ${fin}`))
  const honores = decisions.filter(({ motif }) => motif === null).length
  const tooMany = `Ce fichier mélange ${lots.size} cas (nombre de pass et fin de validité)\u00a0: ${REPRISE_LOTS_MAX} au plus. Découpez-le par fin de validité.`
  return {
    carnets: carnets.size,
    honores,
    refuses: decisions.length - honores,
    montantCentimes: honores * valeur,
    message: lots.size > REPRISE_LOTS_MAX ? tooMany : null,
  }
}

const judge = async (ctx: Asking, which: Which, lines: readonly Sound[]): Promise<Result> => {
  const facts = await factsOf(ctx, which)
  const known = await knownLines(ctx, which)
  const passes = lines.map(({ numero, serie, etat, date_fin, preuve }): AncienPass => ({
    numero,
    serie,
    etat,
    dateFin: date_fin,
    preuve,
    connu: known.has(numero),
  }))
  const decisions = judgeReprise(passes, facts)
  await writeDecisions(ctx, which, decisions)
  return resultOf(lines, decisions, facts.valeurFacialeCentimes)
}

/** Keeps the lines of a file and what is decided of each, unless one is to be corrected: nothing is decided then. */
export const keepAndJudge = async (ctx: Asking, repriseId: string, lines: readonly HashedLine[]): Promise<void> => {
  const row = await readReprise(ctx, repriseId, { lock: true })
  if (row.statut !== 'a_lire') return
  await writeLines(ctx, row, lines)
  const fautes = lines.filter(({ probleme }) => probleme !== null).length
  const result = fautes === 0 ? await judge(ctx, row, lines as readonly Sound[]) : NOTHING
  const isSound = fautes === 0 && result.message === null
  const statut: RepriseStatut = isSound ? repriseMachine.read.to : repriseMachine.fault.to
  const count = await ctx.db.$executeRaw`
    update reprise set statut = ${statut}, contenu = null, message = ${result.message}, lignes = ${lines.length}, fautes = ${fautes}, carnets = ${result.carnets},
           honores = ${result.honores}, refuses = ${result.refuses}, montant_centimes = ${result.montantCentimes}
     where collectivite_id = ${row.collectivite_id}::uuid and id = ${repriseId}::uuid and statut = 'a_lire'`
  won(count)
}
