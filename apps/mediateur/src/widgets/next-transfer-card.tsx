import type { Echeancier } from '@pass/contracts/du.ts'
import { RAISON_NON_PAYE_LABELS } from '@pass/domain/bordereaux.ts'
import { formatInstant, formatLongDay, PARIS } from '@pass/domain/days.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { useCan } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { paths } from '../paths.ts'

const WITH_ACCOUNT: readonly string[] = ['compte_absent', 'iban_en_verification', 'virement_rejete']

/** Why nothing leaves, and the one thing to do about it. */
const Reason = ({ raison, compte }: { raison: NonNullable<Echeancier['attentes'][number]['raison']>; compte: Echeancier['compte'] }) => {
  const can = useCan()
  return (
    <>
      <Notice tone="attente">
        {RAISON_NON_PAYE_LABELS[raison]}
        {raison === 'iban_en_verification' && compte.acceptableAt && (
          <> Il peut être accepté à partir du {formatInstant(new Date(compte.acceptableAt), PARIS)}.</>
        )}
      </Notice>
      {WITH_ACCOUNT.includes(raison) && can('compte_bancaire:read') && (
        <p>
          <LinkButton variant={raison === 'iban_en_verification' ? 'second' : 'principal'} to={paths.compteBancaire()}>
            {raison === 'iban_en_verification' ? 'Voir le compte bancaire' : 'Enregistrer un compte bancaire'}
          </LinkButton>
        </p>
      )}
    </>
  )
}

/** The date and the amount first; without a date, the one reason. */
export const NextTransferCard = ({ echeancier: { prochain, attentes, compte } }: { echeancier: Echeancier }) => {
  const raison = attentes.find((one) => one.raison !== null)?.raison ?? null
  return (
    <Card titre="Prochain virement">
      <p className="somme">{euros(prochain?.montantCentimes ?? 0)}</p>
      <p>
        {prochain ? (
          <>
            autour du <strong>{formatLongDay(prochain.date)}</strong>
          </>
        ) : (
          'Aucun virement n’est prévu.'
        )}
      </p>
      {prochain && <p className="doux petit">Pour {plural(prochain.pass, 'pass utilisé', 'pass utilisés')}.</p>}
      {!prochain && raison && <Reason raison={raison} compte={compte} />}
    </Card>
  )
}
