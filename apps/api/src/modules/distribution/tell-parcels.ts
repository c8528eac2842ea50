import { rolesWith } from '@pass/domain/droits.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath, type OrganisationType } from '@pass/domain/organisations.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import type { Parcel, Sender } from './parcels.ts'

const nameOf = async ({ db }: Sender, id: string) => (await db.organisation.findUniqueOrThrow({ where: { id }, select: { nom: true } })).nom

const tell = (ctx: Sender, receiver: { id: string; type: OrganisationType }, de: string, carnets: number) =>
  notify(ctx, {
    organisationId: receiver.id,
    roles: rolesWith('carnet:acknowledge'),
    categorie: 'suivi',
    code: 'attribution_envoyee',
    titre: `Envoi de ${plural(carnets, 'carnet')} à confirmer`,
    texte: `${de} vous envoie ${plural(carnets, 'carnet')}. Comptez-les à l’arrivée${receiver.type === 'prescripteur' ? '\u00a0: ils ne peuvent pas être remis avant' : ''}.`,
    lien: `${homePath(receiver.type)}attributions`,
  })

/** Each parcel leaves its fact, and each receiver learns once what is on its way to it. */
export const tellParcels = async (
  ctx: Sender,
  { collectiviteId, expediteurId }: { collectiviteId: string; expediteurId: string | null },
  parcels: readonly Parcel[],
): Promise<void> => {
  const de = await nameOf(ctx, expediteurId ?? collectiviteId)
  for (const { attributionId, destinataireId } of parcels)
    await fact(ctx, {
      sujet: 'attribution.envoyee',
      collectiviteId,
      objet: { attributionId, ...(destinataireId && { prescripteurId: destinataireId }) },
    })
  for (const [destinataireId, mine] of Map.groupBy(parcels, (parcel) => parcel.destinataireId)) {
    const carnets = mine.reduce((sum, parcel) => sum + parcel.carnets, 0)
    await tell(
      ctx,
      destinataireId ? { id: destinataireId, type: 'prescripteur' } : { id: collectiviteId, type: 'collectivite' },
      de,
      carnets,
    )
  }
}
