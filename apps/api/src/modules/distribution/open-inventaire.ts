import { formatLongDay } from '@pass/domain/days.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { whyNotOpenInventaire } from '@pass/domain/inventaires.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { getInventaire } from './inventaires.ts'

type Point = { prescripteur_id: string | null }

/** The points that hold carnets: every prescripteur with a shelf, and the reserve when it is not empty. */
const pointsOf = ({ db, actor }: Ctx) => db.$queryRaw<Point[]>`
  select distinct c.prescripteur_id from carnet c
   where c.collectivite_id = ${actor.organisationId}::uuid and c.destination_id is null
     and (c.statut = 'attribue' or c.statut = 'livre' and c.prescripteur_id is null)`

const insert = async ({ db, actor, now }: Ctx, echeance: string, points: readonly Point[]) => {
  const collectiviteId = actor.organisationId
  const [row] = await db.$queryRaw<{ id: string }[]>`
    insert into inventaire (collectivite_id, id, echeance, ouvert_par, ouvert_at)
    values (${collectiviteId}::uuid, uuidv7(), ${echeance}::date, ${actor.utilisateurId}::uuid, ${now}) returning id`
  const ids = points.map(({ prescripteur_id: id }) => id ?? '')
  await db.$executeRaw`
    insert into comptage (collectivite_id, id, inventaire_id, prescripteur_id, echeance)
    select ${collectiviteId}::uuid, uuidv7(), ${row!.id}::uuid, nullif(p, '')::uuid, ${echeance}::date from unnest(${ids}::text[]) p`
  return row!.id
}

/** Opens a campaign: each point that holds carnets has one count to make, and is told so. */
export const openInventaire = async (ctx: Ctx, { echeance }: { echeance: string }) => {
  const message = 'Choisissez un jour à venir.'
  enforce(echeance < ctx.today ? refuse('demande_malformee', message, [{ chemin: 'echeance', message }]) : null, 400)
  const collectiviteId = ctx.actor.organisationId
  const enCours = (await ctx.db.inventaire.count({ where: { collectiviteId, statut: 'ouvert' } })) > 0
  const points = await pointsOf(ctx)
  enforce(whyNotOpenInventaire({ enCours, points: points.length }))
  const inventaireId = await insert(ctx, echeance, points)
  await fact(ctx, { sujet: 'inventaire.ouvert', collectiviteId, objet: { inventaireId } })
  for (const { prescripteur_id: organisationId } of points) {
    if (organisationId === null) continue
    await notify(ctx, {
      organisationId,
      roles: rolesWith('comptage:make'),
      categorie: 'suivi',
      code: 'inventaire_ouvert',
      titre: `Inventaire : comptez vos carnets avant le ${formatLongDay(echeance)}`,
      texte: `${ctx.actor.organisationNom} vous demande de compter les carnets de votre stock et de donner les numéros qui manquent.`,
      lien: `${homePath('prescripteur')}inventaire`,
    })
  }
  return getInventaire(ctx, { inventaireId })
}
