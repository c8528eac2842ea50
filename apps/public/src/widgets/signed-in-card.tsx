import type { Session } from '@pass/contracts/session.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { useAct } from '@pass/web/api.ts'
import { signOut } from '@pass/web/session.tsx'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { ArrowRight, Repeat } from 'lucide-react'
import { goTo, nextStep } from '../entree.ts'

const Leave = () => {
  const leave = useAct(signOut)
  return (
    <>
      <Button variant="second" icon={Repeat} pending={leave.isPending} onClick={() => leave.mutate()}>
        Changer de personne
      </Button>
      <RefusalNotice error={leave.error} />
    </>
  )
}

/** Somebody is signed in on this browser: themselves, or the person before on a shared desktop. */
export const SignedInCard = ({ session, retour }: { session: Session; retour: string | null }) => {
  const { utilisateur, organisation, role } = session
  return (
    <Card titre={`Vous êtes ${utilisateur.prenom} ${utilisateur.nom}`}>
      <p>{`${organisation.nom}, ${ROLE_LABELS[role].toLowerCase()}.`}</p>
      <ButtonRow>
        <Button icon={ArrowRight} onClick={() => goTo(nextStep(session, retour))}>
          Continuer
        </Button>
        <Leave />
      </ButtonRow>
      <p className="petit doux">Ce n’est pas vous&nbsp;? Changez de personne&nbsp;: la session ouverte se ferme.</p>
    </Card>
  )
}
