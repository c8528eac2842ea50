import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import type { Lieu } from '@pass/contracts/lieux.ts'
import type { Prescription } from '@pass/contracts/prescriptions.ts'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { HandHeart, Printer } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Courrier } from './courrier.tsx'

type Props = { prescription: Prescription; carnet: CarnetDetail; lieux: readonly Lieu[]; onNext: () => void }

/** The carnet is handed over: what was done, the letter, the next person. */
export const RemiseFaite = ({ onNext, ...remise }: Props) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    globalThis.scrollTo({ top: 0 })
    box.current?.querySelector('button')?.focus()
  }, [])
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
          <Button variant="second" icon={HandHeart} onClick={onNext}>
            Remettre un autre carnet
          </Button>
        </ButtonRow>
      </div>
      <Courrier {...remise} />
    </div>
  )
}
