import type { Membre } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Dialog } from '@pass/web/ui/dialog.tsx'
import { useState } from 'react'
import { useSay } from './done.tsx'
import { MembreForm } from './membre-form.tsx'

const { listMembres, removeMembre, reviewMembre } = organisationRoutes

const Confirm = ({ membre }: { membre: Membre }) => {
  const say = useSay()
  const nom = `${membre.prenom} ${membre.nom}`
  const review = useApiMutation(reviewMembre, {
    invalidates: [listMembres],
    onSuccess: () => say({ titre: `Accès de ${nom} confirmé.`, suite: 'La question reviendra dans six mois.' }),
  })
  return (
    <>
      <Button variant="lien" pending={review.isPending} onClick={() => review.mutate({ params: { adhesionId: membre.adhesionId } })}>
        Toujours dans l’équipe<span className="hors-ecran">{` : ${nom}`}</span>
      </Button>
      {review.error && (
        <span className="petit erreur-ligne" role="alert">
          {review.error.message}
        </span>
      )}
    </>
  )
}

const Change = ({ membre }: { membre: Membre }) => {
  const [open, setOpen] = useState(false)
  const nom = `${membre.prenom} ${membre.nom}`
  return (
    <>
      <Button variant="lien" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Changer<span className="hors-ecran">{` l’accès de ${nom}`}</span>
      </Button>
      <Dialog titre={`Changer l’accès de ${nom}`} open={open} onClose={() => setOpen(false)} ferme>
        <MembreForm membre={membre} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

const Withdraw = ({ membre }: { membre: Membre }) => {
  const say = useSay()
  const nom = `${membre.prenom} ${membre.nom}`
  const remove = useApiMutation(removeMembre, {
    invalidates: [listMembres],
    onSuccess: () =>
      say({ titre: `Accès de ${nom} retiré.`, suite: 'Ses sessions dans votre organisation se ferment à sa prochaine action.' }),
  })
  return (
    <ConfirmDialog
      variant="lien"
      label={
        <>
          Retirer<span className="hors-ecran">{` l’accès de ${nom}`}</span>
        </>
      }
      titre={membre.moi ? 'Retirer votre propre accès ?' : `Retirer l’accès de ${nom} ?`}
      action={membre.moi ? 'Retirer mon accès' : `Retirer l’accès de ${nom}`}
      danger
      onConfirm={() => remove.mutateAsync({ params: { adhesionId: membre.adhesionId } })}
    >
      <p>
        {membre.moi
          ? 'Vous n’entrerez plus dans cette organisation. Une autre personne devra vous inviter de nouveau.'
          : 'Cette personne n’entrera plus dans votre organisation. Ce qu’elle a fait reste dans le journal.'}
      </p>
    </ConfirmDialog>
  )
}

/** What can be done of an access: nothing once it has ended; one's own is changed by somebody else. */
export const MembreActs = ({ membre }: { membre: Membre }) => {
  if (membre.etat === 'termine') return null
  return (
    <div className="actes">
      {membre.revueDue && <Confirm membre={membre} />}
      {!membre.moi && <Change membre={membre} />}
      <Withdraw membre={membre} />
    </div>
  )
}
