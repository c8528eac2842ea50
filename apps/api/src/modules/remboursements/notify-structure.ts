import { formatDay, formatMonth } from '@pass/domain/days.ts'
import { euros } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { notify } from '../../platform/notify.ts'
import type { Held } from './move-bordereau.ts'

const tell = (ctx: Ctx, { id, structureId }: Held, code: string, titre: string, texte: string) =>
  notify(ctx, {
    organisationId: structureId,
    roles: ['structure.responsable'],
    categorie: 'argent',
    code,
    titre,
    texte,
    lien: `${homePath('structure')}virements/${id}`,
  })

/** The bank has the transfer: how much, for what. */
export const tellReleased = (ctx: Ctx, bordereau: Held): Promise<number> =>
  tell(
    ctx,
    bordereau,
    'bordereau_transmis',
    `Bordereau ${bordereau.reference} : virement de ${euros(bordereau.montantCentimes)} transmis`,
    `Le virement du bordereau ${bordereau.reference} (${formatMonth(bordereau.mois)}) est transmis à la banque : ${euros(bordereau.montantCentimes)}.`,
  )

/** The bank has paid. */
export const tellPaid = (ctx: Ctx, bordereau: Held, dateBanque: string): Promise<number> =>
  tell(
    ctx,
    bordereau,
    'bordereau_paye',
    `Bordereau ${bordereau.reference} : ${euros(bordereau.montantCentimes)} payés`,
    `La banque a exécuté le virement du bordereau ${bordereau.reference} (${formatMonth(bordereau.mois)}) le ${formatDay(dateBanque)} : ${euros(bordereau.montantCentimes)}.`,
  )
