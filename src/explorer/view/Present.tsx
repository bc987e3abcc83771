import { type ComponentView, changesOf, type StateView } from '../stateView.js';
import { Life } from './Life.js';

interface Props {
  readonly now: StateView;
  readonly was: StateView;
}

/** The present state; marks the changes of the last call. */
export const Present = ({ now, was }: Props) => (
  <section class="present" aria-label="Now">
    <h2>
      Now{' '}
      <span class={now.ftrace === 'alive' && now.threat === undefined ? 'good' : 'bad'}>
        ftrace is {now.ftrace}
        {now.threat && `; ${now.threat}`}
      </span>
    </h2>
    <div class="beside">
      <Life now={now.records} was={was.records} />
      <div>
        <Table what="record" now={now.records} was={was.records} />
        <Table what="ops" now={now.ops} was={was.ops} />
      </div>
    </div>
  </section>
);

const Table = ({
  what,
  now,
  was,
}: {
  readonly what: string;
  readonly now: readonly ComponentView[];
  readonly was: readonly ComponentView[];
}) => {
  const changes = changesOf(now, was);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{what}</th>
          {Object.keys(now[0]?.fields ?? {}).map((field) => (
            <th scope="col" key={field}>
              {field}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {now.map(({ name, fields }, i) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {Object.entries(fields).map(([field, value]) => (
              <td key={field}>
                {changes.has(`${name} ${field}`) ? (
                  <mark title={`was ${was[i]!.fields[field]}`}>{value}</mark>
                ) : (
                  value
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
