import { ReclamationFacts } from '@pass/web/modules/production/reclamation-facts.tsx'
import { useProduction } from '@pass/web/modules/production/use-production.ts'
import { Card } from '@pass/web/ui/card.tsx'

/** What was missing at the reception, and what the operator says of it. */
export const ReclamationsCard = ({ commandeId }: { commandeId: string }) => {
  const reclamations = useProduction(commandeId)?.reclamations ?? []
  if (reclamations.length === 0) return null
  return (
    <Card titre="Carnets manquants">
      {reclamations.map((reclamation) => (
        <ReclamationFacts key={reclamation.id} reclamation={reclamation} />
      ))}
    </Card>
  )
}
