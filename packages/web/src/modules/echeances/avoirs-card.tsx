import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { type Avoir, avoirRoutes, type Avoirs } from '@pass/contracts/avoirs.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { echeanceRoutes } from '@pass/contracts/echeances.ts'
import { formatDay } from '@pass/domain/days.ts'
import { euros, plural, pluralPass } from '@pass/domain/money.ts'
import { Link } from 'react-router'
import { fileUrl, useApiMutation } from '../../api.ts'
import { useWhyNot } from '../../reason.ts'
import { useSession } from '../../session.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { Euros } from '../../ui/values.tsx'

/** What an avoir changes elsewhere. */
const AVOIR_READS = [avoirRoutes.listAvoirs, echeanceRoutes.getEcheance, conventionRoutes.listConventions, accueilRoutes.getAccueil]

type Props = {
  conventionId: string
  avoirs: Avoirs
  echeance: (of: { lotId: string }) => string
  onDone: (fact: string) => void
}

/** The amount that waits; whoever closes lots writes the avoir that gives it back. */
const ToCredit = ({ conventionId, avoirs: { aCrediter }, onDone }: Props) => {
  const { organisation } = useSession()
  const whyNot = useWhyNot()
  const credit = useApiMutation(avoirRoutes.creditRetenues, {
    invalidates: AVOIR_READS,
    onSuccess: ({ numero, montantCentimes }) =>
      onDone(`Avoir ${numero} de ${euros(montantCentimes)} établi. La collectivité en est informée.`),
  })
  const { retenues, montantCentimes } = aCrediter
  const amount = `${plural(retenues, 'retenue')} sur des pass payés à tort`
  if (organisation.type !== 'operateur')
    return (
      <p>
        À vous rendre&nbsp;: <Euros centimes={montantCentimes} /> ({amount}). L’opérateur établit l’avoir.
      </p>
    )
  return (
    <>
      <p>
        À rendre à la collectivité&nbsp;: <Euros centimes={montantCentimes} /> ({amount}).
      </p>
      <div>
        <ConfirmDialog
          label="Établir l’avoir"
          variant="principal"
          disabledReason={whyNot('echeance:close')}
          titre={`Établir un avoir de ${euros(montantCentimes)} ?`}
          action="Établir l’avoir"
          onConfirm={() => credit.mutateAsync({ params: { conventionId } })}
        >
          <p>Il rend à la collectivité ce qui a été retenu aux structures. Il ne se modifie plus ensuite.</p>
          <p>La part des financeurs en tient déjà compte&nbsp;: rien ne change pour eux.</p>
        </ConfirmDialog>
      </div>
    </>
  )
}

const Line = ({ avoir, conventionId, echeance }: { avoir: Avoir } & Pick<Props, 'conventionId' | 'echeance'>) => {
  const { numero, dateEmission, lot, passExpires, passAnnules, retenues, montantCentimes } = avoir
  const href = lot
    ? fileUrl(echeanceRoutes.drawAvoirLot, { params: { lotId: lot.id } })
    : fileUrl(avoirRoutes.drawAvoirRetenues, { params: { conventionId, numero } })
  return (
    <li>
      <FileLink href={href} nom={`Avoir ${numero}`} type="PDF" />
      <span className="petit doux sous">
        <Euros centimes={montantCentimes} />, le {formatDay(dateEmission)},{' '}
        {lot ? (
          <>
            {pluralPass(passExpires + passAnnules)} jamais utilisés,{' '}
            <Link to={echeance({ lotId: lot.id })}>échéance du {formatDay(lot.dateFin)}</Link>
          </>
        ) : (
          `${plural(retenues, 'retenue')} sur des pass payés à tort`
        )}
      </span>
    </li>
  )
}

/** The avoirs of a convention, the last one first, and what waits for the next. Nothing at all before the first of them. */
export const AvoirsCard = (props: Props) => {
  const { items, aCrediter } = props.avoirs
  if (items.length === 0 && aCrediter.retenues === 0) return null
  return (
    <Card titre="Avoirs">
      {aCrediter.retenues > 0 && <ToCredit {...props} />}
      {items.length > 0 && (
        <ul className="pile">
          {items.map((avoir) => (
            <Line key={avoir.id} avoir={avoir} {...props} />
          ))}
        </ul>
      )}
    </Card>
  )
}
