import { attributionRoutes, type TransferRule } from '@pass/contracts/attributions.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'

const Rule = ({ rule }: { rule: TransferRule }) => {
  const whyNot = useWhyNot()
  const { conventionId, nom, autorises } = rule
  const allow = useApiMutation(attributionRoutes.allowTransfers, { invalidates: [attributionRoutes.listTransferRules] })
  const label = autorises ? 'Ne plus permettre' : 'Permettre'
  return (
    <li className="ligne-simple">
      <span>
        {nom}
        <span className="petit doux">{autorises ? ', échanges permis' : ', échanges avec votre accord'}</span>
      </span>
      <ConfirmDialog
        label={label}
        variant="lien"
        disabledReason={whyNot('carnet:allocate')}
        titre={autorises ? `Arrêter les échanges de ${nom} ?` : `Permettre les échanges de ${nom} ?`}
        action={autorises ? 'Arrêter les échanges' : 'Permettre les échanges'}
        onConfirm={() => allow.mutateAsync({ params: { conventionId }, body: { autorises: !autorises } })}
      >
        <p>
          {autorises
            ? 'Les prescripteurs de cette convention devront de nouveau vous demander de transférer des carnets.'
            : 'Les prescripteurs de cette convention pourront s’envoyer des carnets sans vous le demander. Chaque envoi reste dans vos attributions.'}
        </p>
      </ConfirmDialog>
    </li>
  )
}

/** Whether prescripteurs help each other without asking, convention by convention. */
export const TransferRules = ({ rules }: { rules: readonly TransferRule[] }) => (
  <Card titre="Échanges entre prescripteurs">
    {rules.length === 0 ? (
      <p className="doux">Aucune convention en cours.</p>
    ) : (
      <ul className="pile">
        {rules.map((rule) => (
          <Rule key={rule.conventionId} rule={rule} />
        ))}
      </ul>
    )}
  </Card>
)
