import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import type { RendezVous } from '@pass/contracts/creneaux.ts'
import type { Lieu } from '@pass/contracts/lieux.ts'
import type { Prescription } from '@pass/contracts/prescriptions.ts'
import { fileUrl } from '@pass/web/api.ts'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { ExportLink } from '@pass/web/ui/file-link.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { HandHeart, Printer } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { drawRecu } from '../calls.ts'
import { paths } from '../paths.ts'
import { Courrier } from './courrier.tsx'
import { PremierRendezVous } from './premier-rendez-vous.tsx'

type Props = { prescription: Prescription; carnet: CarnetDetail; lieux: readonly Lieu[]; onNext: () => void }

/** The carnet is handed over: what was done, the letter, the next person. */
export const RemiseFaite = ({ onNext, ...remise }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  const [rendezVous, setRendezVous] = useState<RendezVous | null>(null)
  useEffect(() => {
    globalThis.scrollTo({ top: 0 })
    box.current?.querySelector('button')?.focus()
  }, [])
  useEffect(() => {
    // the button that took it is gone: the next gesture is to print
    if (rendezVous) box.current?.querySelector('button')?.focus()
  }, [rendezVous])
  const { personne, serie } = remise.prescription
  return (
    <div className="pile remise-faite">
      <Notice tone="bien" live="status" titre={`Carnet ${serie} remis${personne ? ` à ${personne.prenom} ${personne.nom}` : ''}.`}>
        Imprimez le courrier, ou passez au suivant. Une erreur&nbsp;? Le carnet se reprend aujourd’hui dans{' '}
        <Link to={paths.personnes()}>Personnes servies</Link>.
      </Notice>
      <div ref={box}>
        <ButtonRow>
          <Button icon={Printer} onClick={() => globalThis.print()}>
            Imprimer le courrier
          </Button>
          <ExportLink href={fileUrl(drawRecu, { params: { prescriptionId: remise.prescription.id } })}>Reçu à signer (PDF)</ExportLink>
          <Button variant="second" icon={HandHeart} onClick={onNext}>
            Remettre un autre carnet
          </Button>
        </ButtonRow>
      </div>
      <PremierRendezVous prescription={remise.prescription} pris={rendezVous} onTaken={setRendezVous} />
      <Courrier {...remise} rendezVous={rendezVous} />
    </div>
  )
}
