import { productionRoutes, type Production } from '@pass/contracts/production.ts'
import { useQuery } from '@tanstack/react-query'
import { apiQuery } from '../../api.ts'

const BUSY_MS = 2000
/** A file that waits may be taken from another screen. */
const READY_MS = 8000

const delayOf = (production: Production | undefined): number | false => {
  if (!production) return false
  if (production.taches.length > 0 || production.impressions.some(({ statut }) => statut === 'en_preparation')) return BUSY_MS
  return production.impressions.some(({ statut }) => statut === 'prete') ? READY_MS : false
}

/** How the carnets of a commande are made and sent, read again while something goes on by itself. */
export const useProduction = (commandeId: string): Production | undefined =>
  useQuery({
    ...apiQuery(productionRoutes.getProduction, { params: { commandeId } }),
    refetchInterval: ({ state }) => delayOf(state.data),
  }).data
