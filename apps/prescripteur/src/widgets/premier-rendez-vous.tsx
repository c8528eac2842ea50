import type { Creneau, RendezVous } from '@pass/contracts/creneaux.ts'
import type { Prescription } from '@pass/contracts/prescriptions.ts'
import { NIVEAU_LABELS } from '@pass/domain/ateliers.ts'
import { formatDuration } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { themeOf } from '@pass/domain/prescriptions.ts'
import { useApiMutation, useApiQuery } from '@pass/web/api.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice, RefusalNotice } from '@pass/web/ui/notice.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { CalendarCheck } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { listCreneaux, RENDEZ_VOUS_READS, takeCreneau } from '../calls.ts'
import { paths } from '../paths.ts'
import { momentOf, placesOf } from './creneau-words.ts'

/** Enough to choose from while somebody waits; more on demand. */
const FIRST = 4

const Taken = ({ rendezVous: { statut, creneau } }: { rendezVous: RendezVous }) =>
  statut === 'liste_attente' ? (
    <Notice tone="attente" live="status" titre="Sur la liste d’attente.">
      Le {momentOf(creneau)}, {creneau.lieu.nom}. La place se prend d’elle-même si quelqu’un se désiste&nbsp;: voyez la page{' '}
      <Link to={paths.rendezVous()}>Rendez-vous</Link>.
    </Notice>
  ) : (
    <Notice tone="bien" live="status" titre="Premier rendez-vous pris.">
      Le {momentOf(creneau)}, {creneau.lieu.nom}. Il est écrit dans le courrier. Il s’annule dans{' '}
      <Link to={paths.rendezVous()}>Rendez-vous</Link>.
    </Notice>
  )

/** The nearest first, those with a seat before those with a list. */
const inOrder = (creneaux: readonly Creneau[]): Creneau[] =>
  creneaux.toSorted((a, b) => Number(a.placesLibres === 0) - Number(b.placesLibres === 0))

const tilesOf = (creneaux: readonly Creneau[], tous: boolean) =>
  creneaux.map((creneau) => ({
    value: creneau.atelierId,
    label: momentOf(creneau),
    detail: [
      `${creneau.lieu.nom}, ${creneau.lieu.commune}`,
      ...(tous ? [THEME_LABELS[creneau.theme]] : []),
      `${NIVEAU_LABELS[creneau.niveau]}, ${formatDuration(creneau.dureeMinutes)}`,
      placesOf(creneau),
    ].join('. '),
  }))

type ChooseProps = { prescription: Prescription; creneaux: readonly Creneau[]; tous: boolean; onTaken: (rendezVous: RendezVous) => void }

const Choose = ({ prescription, creneaux, tous, onTaken }: ChooseProps) => {
  const [choisi, setChoisi] = useState<string | null>(null)
  const [more, setMore] = useState(false)
  const take = useApiMutation(takeCreneau, { invalidates: RENDEZ_VOUS_READS, onSuccess: onTaken })
  const full = creneaux.find(({ atelierId }) => atelierId === choisi)?.placesLibres === 0
  return (
    <>
      <RadioTiles
        legende="Quel créneau convient à la personne ?"
        name="creneau"
        options={tilesOf(more ? creneaux : creneaux.slice(0, FIRST), tous)}
        choisi={choisi}
        onChange={({ target }) => setChoisi(target.value)}
      />
      {!more && creneaux.length > FIRST && (
        <div>
          <Button variant="lien" onClick={() => setMore(true)}>
            Voir d’autres créneaux
          </Button>
        </div>
      )}
      <RefusalNotice error={take.error} />
      <div>
        <Button
          variant="second"
          icon={CalendarCheck}
          pending={take.isPending}
          disabledReason={choisi === null ? 'Choisissez un créneau.' : null}
          onClick={() => choisi && take.mutate({ params: { atelierId: choisi }, body: { prescriptionId: prescription.id } })}
        >
          {full ? 'Mettre sur la liste d’attente' : 'Prendre ce rendez-vous'}
        </Button>
      </div>
    </>
  )
}

const THEMES = [
  { value: 'besoin', label: 'Ceux qui répondent au besoin' },
  { value: 'tous', label: 'Tous les thèmes' },
]

type Props = { prescription: Prescription; pris: RendezVous | null; onTaken: (rendezVous: RendezVous) => void }

/** A seat at an atelier, taken while the person is still there. It can be left out: the letter says whom to call. */
export const PremierRendezVous = ({ prescription, pris, onTaken }: Props) => {
  const [tous, setTous] = useState(false)
  const theme = themeOf(prescription.besoin)
  const { data, error, isPending } = useApiQuery(
    listCreneaux,
    { query: { taille: 10, ...(!tous && { theme }) } },
    { enabled: pris === null },
  )
  if (pris) return <Taken rendezVous={pris} />
  return (
    <div className="premier-rendez-vous">
      <Card titre="Premier rendez-vous">
        <SelectField
          label="Ateliers"
          vide={null}
          options={THEMES}
          value={tous ? 'tous' : 'besoin'}
          onChange={({ target }) => setTous(target.value === 'tous')}
        />
        {error && <Notice tone="refus">{error.message}</Notice>}
        <div role="status">
          {isPending && !error && <p className="doux">Recherche des créneaux…</p>}
          {data?.items.length === 0 && (
            <p className="doux">
              Aucun lieu ne propose de créneau{tous ? '' : ` « ${THEME_LABELS[theme]} »`}. La personne téléphone à un lieu&nbsp;: le
              courrier dit lesquels.
            </p>
          )}
        </div>
        {data && data.items.length > 0 && (
          <Choose key={String(tous)} prescription={prescription} creneaux={inOrder(data.items)} tous={tous} onTaken={onTaken} />
        )}
      </Card>
    </div>
  )
}
