import { randomUUID } from 'node:crypto'
import { ACTIVATION, ATELIER, CARNET, COMMANDE, CONVENTION, LIEU, LOT, ORG, PEOPLE, SERIE } from '../../../prisma/seed/base/ids.ts'
import type { Tenant } from '../../../prisma/seed/base/tenant.ts'
import { seedUses } from '../../../prisma/seed/base/uses.ts'
import type { World } from './world.ts'

const T1: Tenant = {
  lot: 'l1',
  collectivite: ORG.t1,
  operateur: ORG.o1,
  convention: CONVENTION.cv1,
  commande: COMMANDE.c1,
  lotId: LOT.l1,
  activation: ACTIVATION.a1,
  serie: SERIE.l1,
  quantite: 20,
  actifs: 12,
  recuCentimes: 0,
}
const PLACES = {
  s1: { structure: ORG.s1, lieu: LIEU.l1, atelier: ATELIER.a1, mediateur: PEOPLE['structure.mediateur'].utilisateurId },
  s2: { structure: ORG.s2, lieu: LIEU.l2, atelier: ATELIER.l2, mediateur: PEOPLE['s2:structure.mediateur'].utilisateurId },
  s3: { structure: ORG.s3, lieu: LIEU.l3, atelier: ATELIER.l3, mediateur: PEOPLE['s3:structure.mediateur'].utilisateurId },
} as const

/** Uses `rangs` of carnet K1 (T1) at a structure at an instant, written as redeem() would have. */
export const use = async (
  { sql }: World,
  at: string,
  { chez = 's1', rangs, lieu }: { chez?: keyof typeof PLACES; rangs: number[]; lieu?: string },
) => {
  const { rows } = await sql.query<{ id: string }>('select id from carnet where public_id = $1', [CARNET.k1])
  const acte = randomUUID()
  const place = PLACES[chez]
  await seedUses.act(sql, T1, {
    ...place,
    lieu: lieu ?? place.lieu,
    acte,
    carnet: BigInt(rows[0]!.id),
    rangs,
    personne: randomUUID(),
    prescripteur: ORG.p1,
    date: at.slice(0, 10),
    at,
    bordereau: null,
  })
  return acte
}
