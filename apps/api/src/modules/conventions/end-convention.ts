import type { Convention } from '@pass/contracts/conventions.ts'
import { type ConventionEtapeAction, whyNotCloseConvention, whyNotReport, whyNotSettle } from '@pass/domain/convention-fin.ts'
import { lastClaimDay } from '@pass/domain/convention-devoirs.ts'
import { type ConventionAction, conventionMachine, whyNotConvention } from '@pass/domain/conventions.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { reach } from '../../platform/reach.ts'
import { resteOf } from '../comptabilite/public.ts'
import { keepEtape } from './etapes.ts'
import { lotsOf } from './prepare-avenant.ts'
import { getConvention, lockConvention } from './queries.ts'

type Ending = { conventionId: string; motif: string | null }
type Move = { action: Exclude<ConventionAction, 'sign' | 'open'>; etape: ConventionEtapeAction; sujet: string }

const move = async (ctx: Ctx, convention: Convention, { action, etape, sujet }: Move, motif: string | null) => {
  const { id: conventionId, collectivite } = convention
  await ctx.db.convention.update({
    // the statut we read: a race is a refusal
    where: { collectiviteId_id: { collectiviteId: collectivite.id, id: conventionId }, statut: convention.statut },
    data: { statut: conventionMachine[action].to },
  })
  const moved = await getConvention(ctx, { conventionId })
  await keepEtape(ctx, moved, etape, { motif })
  await fact(ctx, { sujet, collectiviteId: collectivite.id, objet: { conventionId } })
  return moved
}

/** Begins the final account: the period is over and every commande has come to its end. */
export const reportConvention = async (ctx: Ctx, { conventionId, motif }: Ending) => {
  const convention = await lockConvention(ctx, { conventionId })
  const commandesEnCours = await ctx.db.commande.count({
    where: { conventionId, statut: { notIn: ['livree', 'close', 'annulee'] }, ...reach(ctx, 'commande') },
  })
  enforce(whyNotReport({ ...convention, commandesEnCours }, ctx.today))
  return move(ctx, convention, { action: 'report', etape: 'bilan', sujet: 'convention.en_bilan' }, motif)
}

/** Settles: claims are over, and the ledger holds nothing that is still on its way. */
export const settleConvention = async (ctx: Ctx, { conventionId, motif }: Ending) => {
  const convention = await lockConvention(ctx, { conventionId })
  const dernierJour = lastClaimDay(await lotsOf(ctx, conventionId), convention)
  enforce(whyNotSettle({ ...convention, reste: await resteOf(ctx, conventionId), dernierJour }, ctx.today))
  return move(ctx, convention, { action: 'settle', etape: 'solde', sujet: 'convention.soldee' }, motif)
}

export const closeConvention = async (ctx: Ctx, { conventionId, motif }: Ending) => {
  const convention = await lockConvention(ctx, { conventionId })
  enforce(whyNotCloseConvention({ ...convention, reste: await resteOf(ctx, conventionId) }))
  return move(ctx, convention, { action: 'close', etape: 'cloture', sujet: 'convention.close' }, motif)
}

/** Ends a convention before its time, with why. Nothing more is ordered, activated or handed over; pass already handed over stay good. */
export const terminateConvention = async (ctx: Ctx, { conventionId, motif }: { conventionId: string; motif: string }) => {
  const convention = await lockConvention(ctx, { conventionId })
  enforce(whyNotConvention('terminate', convention.statut))
  await ctx.db.conventionVersion.updateMany({
    where: { conventionId, statut: 'brouillon', ...reach(ctx, 'convention_version') },
    data: { statut: 'abandonnee', motifAbandon: 'Convention résiliée.' },
  })
  const ended = await move(ctx, convention, { action: 'terminate', etape: 'resiliation', sujet: 'convention.resiliee' }, motif)
  await notify(ctx, {
    organisationId: convention.operateur.id,
    roles: rolesWith('commande:produce'),
    categorie: 'suivi',
    code: 'convention_resiliee',
    titre: `Convention ${convention.reference} : résiliée`,
    texte: `${convention.collectivite.nom} a résilié la convention. Plus rien ne s’y active ; les pass déjà remis restent acceptés.`,
    lien: `${homePath('operateur')}conventions/${conventionId}`,
  })
  return ended
}
