import { commandeRoutes } from '@pass/contracts/commandes.ts'
import type { Production } from '@pass/contracts/production.ts'
import { formatNumber } from '@pass/domain/money.ts'
import { useEffect, useRef } from 'react'
import { keyOf, queryClient } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { useProduction } from './use-production.ts'

type Tache = Production['taches'][number]

const TITRES: Record<Tache['tache'], string> = {
  expedition: 'Expédition en cours d’enregistrement',
  reception: 'Réception en cours d’enregistrement',
  activation: 'Activation en cours',
}

/** A large order is written part by part: how far it is. The sheet is read again when it is over. */
export const TachesCard = ({ commandeId }: { commandeId: string }) => {
  const taches = useProduction(commandeId)?.taches ?? []
  const wasBusy = useRef(false)
  const isBusy = taches.length > 0
  useEffect(() => {
    if (wasBusy.current && !isBusy) void queryClient.invalidateQueries({ queryKey: [keyOf(commandeRoutes.getCommande)] })
    wasBusy.current = isBusy
  }, [isBusy])
  return taches.map(({ tache, fait, total }) => (
    <Card key={tache} titre={TITRES[tache]}>
      <progress {...(total > 0 && { max: total, value: fait })} aria-label={TITRES[tache]} />
      <p role="status">{total > 0 ? `${formatNumber(fait)} carnets sur ${formatNumber(total)}` : 'Elle commence dans un instant.'}</p>
    </Card>
  ))
}
