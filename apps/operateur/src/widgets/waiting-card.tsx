import type { Commande } from '@pass/contracts/commandes.ts'
import { COMMANDE_DELAIS, type CommandeStatut } from '@pass/domain/commandes.ts'
import { plural } from '@pass/domain/money.ts'
import { MaquettePreview } from '@pass/web/modules/commandes/maquette-preview.tsx'
import { MaquetteLink } from '@pass/web/modules/production/maquette-link.tsx'
import { Card } from '@pass/web/ui/card.tsx'

const WAITING: Partial<Record<CommandeStatut, { titre: string; texte: string }>> = {
  devis: { titre: 'Le devis attend sa signature', texte: 'Après la signature, proposez la maquette.' },
  maquette_a_valider: {
    titre: 'La maquette attend une réponse',
    texte: `La collectivité répond sous ${plural(COMMANDE_DELAIS.reponseJours, 'jour')} : elle valide la maquette ou demande une correction.`,
  },
  annulee: { titre: 'Commande annulée', texte: 'Elle ne demande plus rien à personne.' },
  expediee: {
    titre: 'Les carnets sont en route',
    texte: 'La collectivité compte les carnets à leur arrivée. Ils s’activent ensuite, dans la limite des fonds reçus.',
  },
}

/** What the operator waits for, and what it will have to do then. */
export const WaitingCard = ({ commande }: { commande: Commande }) => {
  const waiting = WAITING[commande.statut]
  if (!waiting) return null
  return (
    <Card titre={waiting.titre}>
      <p>{waiting.texte}</p>
      {commande.statut === 'maquette_a_valider' && commande.maquetteTexte && (
        <MaquettePreview {...commande} texte={commande.maquetteTexte} collectivite={commande.collectivite.nom} />
      )}
      {commande.statut === 'maquette_a_valider' && <MaquetteLink commandeId={commande.id} />}
    </Card>
  )
}
