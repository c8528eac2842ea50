import type { ParametresPaiement } from '@pass/domain/parametres-paiement.ts'
import { enforce } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { refuse } from '@pass/domain/refusal.ts'

type Row = { debiteur_nom: string; debiteur_iban: string; seuils: bigint[]; plancher: bigint | null }

/** What the actor's operator decided about its payments; null while nothing was. */
export const knownParametres = async (ctx: Pick<JobCtx, 'db' | 'actor'>): Promise<ParametresPaiement | null> => {
  const [row] = await ctx.db.$queryRaw<
    Row[]
  >`select debiteur_nom, debiteur_iban, seuils_centimes seuils, plancher_hebdo_centimes plancher from parametre_paiement
    where operateur_id = ${ctx.actor.organisationId}::uuid`
  if (!row) return null
  return {
    debiteur: { nom: row.debiteur_nom, iban: row.debiteur_iban },
    seuilsCentimes: row.seuils.map(Number),
    plancherHebdoCentimes: row.plancher === null ? null : Number(row.plancher),
  }
}

/** The same, refused while nothing was decided: no transfer leaves from an account that nobody gave. */
export const parametresOf = async (ctx: Pick<JobCtx, 'db' | 'actor'>): Promise<ParametresPaiement> => {
  const known = await knownParametres(ctx)
  if (!known) enforce(refuse('parametre_absent'))
  return known!
}

/** The thresholds of approval: one person whatever the amount until others are decided. */
export const seuilsOf = async (ctx: Pick<JobCtx, 'db' | 'actor'>): Promise<readonly number[]> =>
  (await knownParametres(ctx))?.seuilsCentimes ?? [0]
