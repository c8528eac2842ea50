import { whyNotAllocate } from '@pass/domain/carnets.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { formatReference } from '@pass/domain/references.ts'
import { whyNotSend } from '@pass/domain/stock.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { admitPrescripteur } from '../conventions/public.ts'
import { getPrescripteur } from '../referentiels/public.ts'
import { getAttribution, serieFrom } from './queries.ts'
import { recordMouvement } from './record-mouvement.ts'

type Input = { prescripteurId: string; premier: string; carnets: number }
type Range = { de: number; a: number }
type Reserve = { libres: number; lots: number; absent: bigint | null; lot_id: string; convention_id: string; operateur_id: string }

/**
 * Locks what the range has in reserve, in the order of the numbers: two allocations that overlap wait for each other, and the
 * second one finds carnets that have left.
 */
const lockReserve = async ({ db, actor }: Ctx, { de, a }: Range) => {
  const [row] = await db.$queryRaw<Reserve[]>`
    with held as (
      select serie, lot_id, convention_id, operateur_id from carnet
       where collectivite_id = ${actor.organisationId}::uuid and serie between ${de}::bigint and ${a}::bigint and statut = 'livre' and destination_id is null
       order by serie for update)
    select count(*)::int as libres, count(distinct lot_id)::int as lots, any_value(lot_id) as lot_id, any_value(convention_id) as convention_id,
           any_value(operateur_id) as operateur_id,
           (select min(s) from generate_series(${de}::bigint, ${a}::bigint) s where s not in (select serie from held)) as absent
      from held`
  return row!
}

const send = ({ db, actor }: Ctx, { de, a }: Range, prescripteurId: string) =>
  db.$executeRaw`
    update carnet set destination_id = ${prescripteurId}::uuid
     where collectivite_id = ${actor.organisationId}::uuid and serie between ${de}::bigint and ${a}::bigint and statut = 'livre' and destination_id is null`

type Parcel = Range & { collectiviteId: string; conventionId: string; lotId: string; prescripteurId: string; carnets: number }

const insertAttribution = async (ctx: Ctx, { collectiviteId, conventionId, lotId, prescripteurId, de, a, carnets }: Parcel) => {
  const annee = Number(ctx.today.slice(0, 4))
  const reference = formatReference('A', annee, await nextNumber(ctx, 'attribution', annee))
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into attribution (collectivite_id, id, reference, convention_id, lot_id, prescripteur_id, serie_premiere, serie_derniere, carnets, envoyee_at)
    values (${collectiviteId}::uuid, uuidv7(), ${reference}, ${conventionId}::uuid, ${lotId}::uuid, ${prescripteurId}::uuid, ${de}::bigint, ${a}::bigint,
      ${carnets}::int, ${ctx.now})
    returning id`
  return row!.id
}

/**
 * Sends a range of carnets to a prescripteur of the territory: until it acknowledges them the collectivité answers for them.
 * A range that is not wholly in reserve is refused and names its first carnet at fault.
 */
export const allocateCarnets = async (ctx: Ctx, { prescripteurId, premier, carnets }: Input) => {
  const collectiviteId = ctx.actor.organisationId
  const de = serieFrom(premier)
  const range = { de, a: de + carnets - 1 }
  enforce(whyNotAllocate({ seriePremiere: range.de, serieDerniere: range.a, disponibles: carnets }), 400)
  await getPrescripteur(ctx, prescripteurId)
  const { libres, lots, absent, ...lot } = await lockReserve(ctx, range)
  enforce(whyNotSend({ demandes: carnets, disponibles: libres, premierIndisponible: absent === null ? null : Number(absent), lots }))
  if ((await send(ctx, range, prescripteurId)) !== carnets) won(0)
  const ids = { collectiviteId, conventionId: lot.convention_id, lotId: lot.lot_id, prescripteurId }
  await admitPrescripteur(ctx, ids)
  const attributionId = await insertAttribution(ctx, { ...ids, ...range, carnets })
  await recordMouvement(ctx, {
    type: 'attribue',
    ...ids,
    operateurId: lot.operateur_id,
    seriePremiere: range.de,
    serieDerniere: range.a,
    carnets,
  })
  await fact(ctx, { sujet: 'attribution.envoyee', collectiviteId, objet: { attributionId, prescripteurId } })
  await notify(ctx, {
    organisationId: prescripteurId,
    roles: rolesWith('carnet:acknowledge'),
    categorie: 'suivi',
    code: 'attribution_envoyee',
    titre: `Envoi de ${plural(carnets, 'carnet')} à confirmer`,
    texte: `${ctx.actor.organisationNom} vous envoie ${plural(carnets, 'carnet')}. Comptez-les à l’arrivée : ils ne peuvent pas être remis avant.`,
    lien: `${homePath('prescripteur')}attributions`,
  })
  return getAttribution(ctx, { attributionId })
}
