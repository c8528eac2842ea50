import { Commande } from '@pass/contracts/commandes.ts'
import type { CommandeStatut } from '@pass/domain/commandes.ts'
import { CONVENTION, type PersonKey } from '../../../prisma/seed/base/ids.ts'
import type { World } from './world.ts'

/** Who does each step of a commande, where, and with what. */
const STEPS: readonly { to: CommandeStatut; by: PersonKey; path: string; body?: object }[] = [
  { to: 'devis', by: 'operateur.gestionnaire', path: 'devis' },
  { to: 'signee', by: 'collectivite.gestionnaire', path: 'signature', body: { signataire: 'Ada Martin' } },
  { to: 'maquette_a_valider', by: 'operateur.gestionnaire', path: 'maquette', body: { texte: 'Renseignements\u00a0: 05 55 00 00 00' } },
  { to: 'maquette_validee', by: 'collectivite.gestionnaire', path: 'maquette/validation' },
  { to: 'en_production', by: 'operateur.gestionnaire', path: 'production' },
  { to: 'expediee', by: 'operateur.gestionnaire', path: 'expedition', body: { colis: 1 } },
  { to: 'livree', by: 'collectivite.gestionnaire', path: 'reception', body: { manquants: [] } },
]

type Setting = { quantite?: number; manquants?: (seriePremiere: string) => string[] }

/** A commande of T1, taken by its own routes up to a statut; the carnets are written on the way. */
export const commandeUpTo = async (world: World, statut: CommandeStatut, { quantite = 4, manquants }: Setting = {}): Promise<Commande> => {
  const read = async (response: Awaited<ReturnType<ReturnType<World['as']>['post']>>) => {
    if (response.statusCode >= 300) throw new Error(response.body)
    return Commande.parse(response.json())
  }
  const order = { conventionId: CONVENTION.cv1, quantite, numeroEngagement: null, codeService: null }
  let commande = await read(await world.as('collectivite.gestionnaire').post('/commandes', order))
  for (const { to, by, path, body } of STEPS) {
    if (commande.statut === statut) break
    const sent = to === 'livree' && manquants ? { manquants: manquants(commande.lot!.seriePremiere) } : body
    commande = await read(await world.as(by).post(`/commandes/${commande.id}/${path}`, sent))
    if (to === 'en_production') await world.runJobs()
  }
  return commande
}
