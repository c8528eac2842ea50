import type { Appel } from '@pass/contracts/financement.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { type AppelAction, appelMachine, appelNumero, type AppelStatut, whyNotAppel, whyNotReceive } from '@pass/domain/financement.ts'
import { parisDay } from '@pass/domain/days.ts'
import { next } from '@pass/domain/machine.ts'
import { euros } from '@pass/domain/money.ts'
import { homePath, roleType } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { nextNumber } from '../../platform/numbers.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { postAppel } from '../comptabilite/public.ts'
import { type AppelRow, getAppel, readAppel } from './appel-queries.ts'

const MOTIFS = { send: 'appel', receive: 'recette', refuse: 'appel_refuse' } as const satisfies Record<AppelAction, string>

/** Every move of a call: the update that names the statut it read, then its money. The rule was asked before. */
const move = async (ctx: Ctx, row: AppelRow, action: AppelAction, data: Prisma.AppelFondsUpdateManyMutationInput): Promise<Appel> => {
  const statut = next(appelMachine, action)
  const { collectiviteId, id } = row
  won((await ctx.db.appelFonds.updateMany({ where: { collectiviteId, id, statut: row.statut }, data: { ...data, statut } })).count)
  await postAppel(ctx, { appelId: id, motif: MOTIFS[action] })
  await fact(ctx, { sujet: `appel.${statut}`, collectiviteId, objet: { appelId: id } })
  return getAppel(ctx, { appelId: id })
}

/** The financeur that has an account here is told: its number, its amount. */
const tellFinanceur = (ctx: Ctx, organisationId: string, { id, numero, montantCentimes, collectivite, convention }: Appel) =>
  notify(ctx, {
    organisationId,
    roles: rolesWith('financement:read').filter((role) => roleType(role) === 'financeur'),
    categorie: 'argent',
    code: 'appel_fonds',
    titre: `Appel de fonds ${numero}\u00a0: ${euros(montantCentimes)}`,
    texte: `${collectivite.nom} appelle votre part des pass utilisés de la convention ${convention.reference}. Le document et ses preuves sont en ligne.`,
    lien: `${homePath('financeur')}appels-de-fonds/${id}`,
  })

/** Sends a draft under the next number of the year: from then on its financeur reads it. */
export const sendAppel = async (ctx: Ctx, { appelId }: { appelId: string }): Promise<Appel> => {
  const row = await readAppel(ctx, appelId)
  enforce(whyNotAppel('send', row.statut as AppelStatut))
  const annee = Number(ctx.today.slice(0, 4))
  const rang = await nextNumber(ctx, 'appel', annee)
  const appel = await move(ctx, row, 'send', {
    annee,
    rang,
    numero: appelNumero(annee, rang),
    destinataireId: row.financeurId,
    appelePar: ctx.actor.utilisateurId,
    appeleAt: ctx.now,
  })
  if (row.financeurId) await tellFinanceur(ctx, row.financeurId, appel)
  return appel
}

type Recette = { appelId: string; dateReception: string; referenceVirement: string }

/** The funds came: the bank’s day and reference. */
export const receiveAppel = async (ctx: Ctx, { appelId, dateReception, referenceVirement }: Recette): Promise<Appel> => {
  const row = await readAppel(ctx, appelId)
  enforce(whyNotAppel('receive', row.statut as AppelStatut))
  enforce(whyNotReceive({ dateReception }, parisDay(row.appeleAt!), ctx.today))
  return move(ctx, row, 'receive', {
    dateReception: dbDate(dateReception),
    referenceVirement,
    closPar: ctx.actor.utilisateurId,
    closAt: ctx.now,
  })
}

/** The financeur refused: the parts are free again, and so is what the call took from its advances. */
export const refuseAppel = async (ctx: Ctx, { appelId, motif }: { appelId: string; motif: string }): Promise<Appel> => {
  const row = await readAppel(ctx, appelId)
  enforce(whyNotAppel('refuse', row.statut as AppelStatut))
  const { collectiviteId } = row
  const appel = await move(ctx, row, 'refuse', { motifRefus: motif, closPar: ctx.actor.utilisateurId, closAt: ctx.now })
  await ctx.db.appelLigne.updateMany({ where: { collectiviteId, appelId }, data: { vivante: false } })
  return appel
}
