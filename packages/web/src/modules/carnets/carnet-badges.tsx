import type { Carnet } from '@pass/contracts/carnets.ts'
import { CARNET_BADGE_LABELS, CARNET_LABELS, MOTIF_BLOCAGE_LABELS, badges } from '@pass/domain/carnets.ts'
import { Truck } from 'lucide-react'
import { Badge, statutBadge } from '../../ui/badge.tsx'

export const CarnetBadge = statutBadge(CARNET_LABELS, {
  cree: 'neutre',
  imprime: 'neutre',
  expedie: 'info',
  livre: 'info',
  attribue: 'info',
  remis: 'bien',
  bloque: 'refus',
  annule: 'refus',
  expire: 'neutre',
})

const isOver = ({ statut }: Carnet): boolean => statut === 'annule' || statut === 'expire'

/** Who holds it, then what it is worth and whether it is used: three axes, never mixed. */
export const CarnetBadges = ({ carnet }: { carnet: Carnet }) => (
  <span className="badges">
    {carnet.statut === 'bloque' && carnet.motifBlocage ? (
      <Badge tone="refus">{`Bloqué (${MOTIF_BLOCAGE_LABELS[carnet.motifBlocage].toLowerCase()})`}</Badge>
    ) : (
      <CarnetBadge statut={carnet.statut} />
    )}
    {carnet.enTransit && (
      <Badge tone="attente" icon={Truck}>
        En route
      </Badge>
    )}
    {badges(carnet).map((badge) => (
      <Badge key={badge} tone={badge === 'active' ? 'bien' : 'neutre'}>
        {CARNET_BADGE_LABELS[badge]}
      </Badge>
    ))}
    {!carnet.actif && !isOver(carnet) && <Badge tone="neutre">Pas encore activé</Badge>}
  </span>
)
