import { CLOTURE_LIGNES, type Cloture, type ClotureSuivi } from '@pass/contracts/clotures.ts'
import { cleOf, type ClotureStatut, type Periode, periodeOf, whyNotWeekly } from '@pass/domain/clotures.ts'
import type { Ctx } from '../../platform/context.ts'
import { type Sql, sql } from '../../platform/db.ts'
import { enforce, found } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'
import { type Due, dueAt, isReady } from './due.ts'
import { knownParametres } from './parametres.ts'

const DERNIERS = 10

/** The run of a closing, as it is kept. */
export type Run = {
  id: string
  mois: string
  semaine: number | null
  statut: ClotureStatut
  structures: number
  faites: number
  pass: number
  montant_centimes: bigint
  par: string
  at: Date
  fini_at: Date | null
}

const runsOf = (ctx: Pick<JobCtx, 'db' | 'actor'>, rest: Sql) => ctx.db.$queryRaw<Run[]>`
  select id, mois, semaine, statut, structures, faites, pass, montant_centimes, par, at, fini_at from cloture where ${reachSql(ctx, 'cloture')} ${rest}`

export const getRun = async (ctx: Pick<JobCtx, 'db' | 'actor'>, clotureId: string): Promise<Run> =>
  found((await runsOf(ctx, sql`and id = ${clotureId}::uuid`))[0])

/** The closing of this operator that is not over, if there is one. */
export const runningOf = async (ctx: Pick<JobCtx, 'db' | 'actor'>): Promise<Run | null> =>
  (await runsOf(ctx, sql`and statut = 'en_cours'`))[0] ?? null

const suivisOf = async (ctx: Ctx, runs: readonly Run[]): Promise<ClotureSuivi[]> => {
  const ids = [...new Set(runs.map(({ par }) => par))]
  const names =
    ids.length > 0 ? await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${ids}::uuid[])` : []
  const byId = new Map(names.map(({ id, nom }) => [id, nom]))
  return runs.map(({ id, statut, structures, faites, pass, montant_centimes, par, at, fini_at, ...periode }) => ({
    id,
    periode: cleOf(periode),
    statut,
    structures,
    faites,
    pass,
    montantCentimes: Number(montant_centimes),
    par: byId.get(par) ?? ctx.actor.organisationNom,
    at: at.toISOString(),
    finiAt: fini_at && fini_at.toISOString(),
  }))
}

/** The last closings, the one that goes on first of all. */
export const listClotures = async (ctx: Ctx) => {
  const runs = await runsOf(ctx, sql`order by (statut = 'en_cours') desc, id desc limit ${DERNIERS}::int`)
  const parametres = await knownParametres(ctx)
  return { items: await suivisOf(ctx, runs), plancherHebdoCentimes: parametres?.plancherHebdoCentimes ?? null }
}

const figuresOf = ({ structure, pass, montantCentimes }: Due) => ({ structure, pass, montantCentimes })

/** The answer of a closing, real or not: what goes into bordereaux, and the one reason of what does not. */
export const clotureOf = async (ctx: Ctx, periode: Periode, due: readonly Due[], run: Run | null): Promise<Cloture> => {
  const ready = due.filter(isReady)
  const waiting = due.filter((one) => !isReady(one))
  const [suivi] = run ? await suivisOf(ctx, [run]) : []
  return {
    periode: periode.cle,
    mois: periode.mois,
    semaine: periode.semaine,
    bordereaux: ready.slice(0, CLOTURE_LIGNES).map((one) => ({
      ...figuresOf(one),
      lignesCentimes: one.lignes.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0),
    })),
    structures: ready.length,
    pass: ready.reduce((sum, { pass }) => sum + pass, 0),
    montantCentimes: ready.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0),
    enAttente: waiting.slice(0, CLOTURE_LIGNES).map((one) => ({ ...figuresOf(one), raison: one.raison ?? 'prochain_bordereau' })),
    structuresEnAttente: waiting.length,
    suivi: suivi ?? null,
  }
}

/** What is due at the end of a period; a week needs the floor that the operator's people agreed on. */
export const dueOf = async (ctx: Ctx, periode: Periode): Promise<Due[]> => {
  const plancherCentimes = (await knownParametres(ctx))?.plancherHebdoCentimes ?? null
  enforce(whyNotWeekly(periode, plancherCentimes))
  return dueAt(ctx, { periode, plancherCentimes })
}

/** The contract has read it already. */
export const knownPeriode = (cle: string): Periode => found(periodeOf(cle))

/** The dry run: the figures of the real one, nothing written. */
export const previewCloture = async (ctx: Ctx, { periode: cle }: { periode: string }): Promise<Cloture> => {
  const periode = knownPeriode(cle)
  const running = await runningOf(ctx)
  return clotureOf(ctx, periode, await dueOf(ctx, periode), running && cleOf(running) === cle ? running : null)
}
