import type { Atelier } from '@pass/contracts/ateliers.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Megaphone, MegaphoneOff } from 'lucide-react'
import { COUNTER_READS, dayHere, offerAtelier } from '../calls.ts'

/** Opens the free seats to the prescripteurs, or closes them; who is enrolled stays enrolled. */
export const Offer = ({ atelier }: { atelier: Atelier }) => {
  const offer = useApiMutation(offerAtelier, { invalidates: COUNTER_READS })
  const { offert } = atelier
  if (atelier.date < dayHere() || !['ouvert', 'complet'].includes(atelier.statut)) return null
  return (
    <div className="offre">
      {offert ? (
        <p>
          <Badge tone="bien" icon={Megaphone}>
            Proposé aux prescripteurs
          </Badge>{' '}
          <span className="petit doux">Ils y inscrivent les personnes à qui ils remettent un carnet.</span>
        </p>
      ) : (
        <p className="petit doux">Les prescripteurs ne voient pas encore ce créneau.</p>
      )}
      <RefusalNotice error={offer.error} />
      <Button
        variant="second"
        icon={offert ? MegaphoneOff : Megaphone}
        pending={offer.isPending}
        onClick={() => offer.mutate({ params: { atelierId: atelier.id }, body: { offert: !offert } })}
      >
        {offert ? 'Ne plus proposer les places' : 'Proposer les places aux prescripteurs'}
      </Button>
    </div>
  )
}
