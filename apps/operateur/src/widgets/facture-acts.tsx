import type { Commande } from '@pass/contracts/commandes.ts'
import { factureRoutes } from '@pass/contracts/factures.ts'
import { whyNotClose, whyNotCredit, whyNotIssue } from '@pass/domain/factures.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { FACTURE_READS } from '@pass/web/modules/factures/facture-follow.tsx'
import { ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { FileMinus, FileText, FolderCheck } from 'lucide-react'
import { useState } from 'react'
import { type ActProps, MONEY_READS } from './act.ts'
import { useRoleReason } from './role-reason.ts'

/** Makes the invoice, once the carnets are launched. */
export const IssueFacture = ({ commande, onDone }: ActProps) => {
  const reasonOf = useRoleReason()
  const go = useApiMutation(factureRoutes.issueFacture, {
    invalidates: [...FACTURE_READS, ...MONEY_READS],
    onSuccess: ({ numero }) =>
      onDone({ titre: `Facture ${numero} établie.`, suite: `${commande.collectivite.nom} est prévenue et indiquera le numéro de mandat.` }),
  })
  if (commande.facture || whyNotIssue(commande)) return null
  return (
    <ButtonRow>
      <ConfirmDialog
        label="Établir la facture"
        icon={FileText}
        disabledReason={reasonOf('facture:issue')}
        titre={`Facturer la commande ${commande.reference} ?`}
        action={`Établir la facture de ${euros(commande.totalCentimes)}`}
        onConfirm={() => go.mutateAsync({ params: { commandeId: commande.id } })}
      >
        <p>La facture prend le numéro suivant de l’année. Ses montants ne changent plus ensuite.</p>
        <p>{`Les références sont celles de la commande${commande.numeroEngagement ? ` : engagement ${commande.numeroEngagement}` : ''}.`}</p>
      </ConfirmDialog>
    </ButtonRow>
  )
}

// Only what the page knows: the server also counts carnets allocated or handed over.
const creditReason = (commande: Commande) =>
  whyNotCredit({ ...commande, engages: commande.activations.reduce((sum, { carnets }) => sum + carnets, 0) })

/** A launched commande is given up by an avoir: everything of it is undone, so it is said before. */
export const CreditCard = ({ commande, onDone }: ActProps) => {
  const reasonOf = useRoleReason()
  const [motif, setMotif] = useState('')
  const recu = commande.encaissements.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)
  const go = useApiMutation(factureRoutes.creditCommande, {
    invalidates: [...FACTURE_READS, ...MONEY_READS],
    onSuccess: ({ numero }) =>
      onDone({ titre: `Avoir ${numero} établi.`, suite: 'La commande est annulée et ses carnets ne valent plus rien.' }),
  })
  if (!['en_production', 'expediee', 'livree'].includes(commande.statut)) return null
  return (
    <Card titre="Annuler par avoir">
      <p className="doux">Les carnets sont lancés&nbsp;: la commande ne s’annule plus que par un avoir du montant de sa facture.</p>
      <ButtonRow>
        <ConfirmDialog
          label="Annuler par avoir"
          variant="danger"
          icon={FileMinus}
          danger
          disabledReason={reasonOf('facture:issue') ?? creditReason(commande)?.message}
          titre={`Annuler la commande ${commande.reference} par un avoir ?`}
          action={`Établir un avoir de ${euros(commande.totalCentimes)}`}
          actionReason={motif.trim() === '' ? 'Indiquez d’abord le motif.' : null}
          onConfirm={() => go.mutateAsync({ params: { commandeId: commande.id }, body: { motif: motif.trim() } })}
        >
          <p>
            {`${plural(commande.quantite, 'carnet est annulé', 'carnets sont annulés')} pour toujours.`}
            {recu > 0 && ` Les ${euros(recu)} reçus sont rendus à ${commande.collectivite.nom}.`}
          </p>
          <TextAreaField label="Motif" rows={2} maxLength={300} value={motif} onChange={({ target }) => setMotif(target.value)} />
        </ConfirmDialog>
      </ButtonRow>
    </Card>
  )
}

/** The end: nothing is left to activate, the invoice is paid. */
export const CloseCard = ({ commande, onDone }: ActProps) => {
  const reasonOf = useRoleReason()
  const go = useApiMutation(factureRoutes.closeCommande, {
    invalidates: MONEY_READS,
    onSuccess: () => onDone({ titre: 'Commande close.', suite: 'Elle ne demande plus rien à personne.' }),
  })
  if (commande.statut !== 'livree') return null
  return (
    <Card titre="Clore la commande">
      <ButtonRow>
        <ConfirmDialog
          label="Clore la commande"
          icon={FolderCheck}
          disabledReason={reasonOf('commande:produce') ?? whyNotClose(commande)?.message}
          titre={`Clore la commande ${commande.reference} ?`}
          action="Clore la commande"
          onConfirm={() => go.mutateAsync({ params: { commandeId: commande.id } })}
        >
          <p>Tous ses carnets sont actifs et sa facture est payée. Elle reste lisible.</p>
        </ConfirmDialog>
      </ButtonRow>
    </Card>
  )
}
