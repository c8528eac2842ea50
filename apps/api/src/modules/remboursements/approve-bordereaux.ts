import { approvalsNeeded, approvableStatut, bordereauMachine, whyNotApprove } from '@pass/domain/bordereaux.ts'
import type { Ctx } from '../../platform/context.ts'
import { won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { enforceAll, worthOf } from './act-on-selection.ts'
import { type HeldBordereau, holdSelection } from './hold-selection.ts'
import { seuilsOf } from './parametres.ts'
import { getBordereau } from './queries.ts'

const record = (ctx: Ctx, held: readonly HeldBordereau[]) => ctx.db.$executeRaw`
  insert into bordereau_approbation (organisation_id, bordereau_id, utilisateur_id, operateur_id, at)
  select d.structure, d.id, ${ctx.actor.utilisateurId}::uuid, ${ctx.actor.organisationId}::uuid, ${ctx.now}::timestamptz
    from unnest(${held.map(({ structureId }) => structureId)}::uuid[], ${held.map(({ id }) => id)}::uuid[]) d(structure, id)`

const move = async (ctx: Ctx, done: readonly HeldBordereau[]) => {
  const ids = done.map(({ id }) => id)
  const count = await ctx.db.$executeRaw`
    update bordereau set statut = ${bordereauMachine.approve.to}, approuve_par = ${ctx.actor.utilisateurId}::uuid, approuve_at = ${ctx.now}::timestamptz
     where operateur_id = ${ctx.actor.organisationId}::uuid and id = any (${ids}::uuid[]) and statut in ('controle', 'approuve')`
  won(Number(count === ids.length))
  await fact(ctx, { sujet: `bordereau.${bordereauMachine.approve.to}`, objet: { bordereauIds: ids } })
}

/**
 * One person's approval of these bordereaux, all of them or none. Each threshold that an amount reaches asks for another person
 * (D47): a bordereau is approved with the last one.
 */
export const approveBordereaux = async (ctx: Ctx, { bordereauIds }: { bordereauIds: readonly string[] }) => {
  const held = await holdSelection(ctx, bordereauIds)
  const seuils = await seuilsOf(ctx)
  const needed = ({ montantCentimes }: HeldBordereau) => approvalsNeeded(montantCentimes, seuils)
  enforceAll(held, bordereauIds, (bordereau) =>
    whyNotApprove({ ...bordereau, statut: approvableStatut(bordereau, needed(bordereau)), acteur: ctx.actor.utilisateurId }),
  )
  await record(ctx, held)
  const done = held.filter((bordereau) => bordereau.approuvePar.length + 1 >= needed(bordereau))
  if (done.length > 0) await move(ctx, done)
  return { ...worthOf(held), enAttente: held.length - done.length }
}

export const approveBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  await approveBordereaux(ctx, { bordereauIds: [bordereauId] })
  return getBordereau(ctx, { bordereauId })
}
