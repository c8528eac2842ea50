import type { Invitation } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { whyNotTouchInvitation } from '@pass/domain/membres.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { useSay } from './done.tsx'

const { cancelInvitation, listInvitations, resendInvitation } = organisationRoutes

/** A new link, or no link at all, for an invitation that waits. */
export const InvitationActs = ({ invitation: { id, prenom, nom, courriel, etat } }: { invitation: Invitation }) => {
  const say = useSay()
  const params = { invitationId: id }
  const resend = useApiMutation(resendInvitation, {
    invalidates: [listInvitations],
    onSuccess: () => say({ titre: `Nouveau lien envoyé à ${courriel}.`, suite: 'Il vaut 7 jours. Le précédent ne sert plus.' }),
  })
  const cancel = useApiMutation(cancelInvitation, {
    invalidates: [listInvitations],
    onSuccess: () => say({ titre: `Invitation de ${prenom} ${nom} annulée.`, suite: 'Son lien ne sert plus.' }),
  })
  if (whyNotTouchInvitation(etat)) return null
  return (
    <div className="actes">
      <Button variant="lien" pending={resend.isPending} onClick={() => resend.mutate({ params })}>
        Renvoyer<span className="hors-ecran">{` l’invitation de ${prenom} ${nom}`}</span>
      </Button>
      <ConfirmDialog
        variant="lien"
        label={
          <>
            Annuler<span className="hors-ecran">{` l’invitation de ${prenom} ${nom}`}</span>
          </>
        }
        titre={`Annuler l’invitation de ${prenom} ${nom} ?`}
        action="Annuler l’invitation"
        danger
        onConfirm={() => cancel.mutateAsync({ params })}
      >
        <p>Le lien reçu ne servira plus. Vous pourrez inviter cette personne de nouveau.</p>
      </ConfirmDialog>
      {resend.error && (
        <span className="petit erreur-ligne" role="alert">
          {resend.error.message}
        </span>
      )}
    </div>
  )
}
