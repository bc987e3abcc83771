import type { StateTable, StateView } from '../../domain.js';
import { changesOf } from '../componentView.js';
import { Life } from './Life.js';

interface Props {
  readonly now: StateView;
  readonly was: StateView;
}

/** The present state; marks the changes of the last call. */
export const Present = ({ now, was }: Props) => (
  <section class="present" aria-label="Now">
    <h2>
      Now {now.status && <span class={now.status.good ? 'good' : 'bad'}>{now.status.text}</span>}
    </h2>
    <div class="beside">
      {now.stages && <Life stages={now.stages} now={now.tables[0]!} was={was.tables[0]!} />}
      <div>
        {now.tables.map((table, i) => (
          <Table key={table.what} now={table} was={was.tables[i]!} />
        ))}
      </div>
    </div>
  </section>
);

interface TableProps {
  readonly now: StateTable;
  readonly was: StateTable;
}

const Table = ({ now: { what, rows: now }, was: { rows: was } }: TableProps) => {
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
