import { useMutation } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { closeConsultation, useSession } from './session.tsx'
import { Button } from './ui/button.tsx'

/** The assistance looks through somebody's eyes: said on every page, at the top, whatever is scrolled. */
export const ConsultationBanner = () => {
  const { consultation, organisation } = useSession()
  const back = useMutation({ mutationFn: closeConsultation })
  if (!consultation) return null
  return (
    <section className="consultation" aria-label="Consultation de l’assistance">
      <Eye aria-hidden="true" />
      <p>
        <strong>{`Vous voyez l’écran de ${consultation.de} (${organisation.nom}).`}</strong>{' '}
        <span>{`Motif\u00a0: ${consultation.motif}${/[.!?…]$/.test(consultation.motif) ? '' : '.'} Rien ne peut être modifié.`}</span>
        {back.error && <span role="alert">{` ${back.error.message}`}</span>}
      </p>
      <Button variant="second" pending={back.isPending} onClick={() => back.mutate()}>
        Revenir à mon écran
      </Button>
    </section>
  )
}
